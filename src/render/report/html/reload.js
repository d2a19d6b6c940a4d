// A page that is watched asks its server, which answers as soon as there is a newer one.
(() => {
  const ask = () => fetch(`/changed?${document.documentElement.dataset.version}`).then(
    (answer) => (answer.status === 200 ? location.reload() : ask()),
    () => setTimeout(ask, 1000),
  );
  ask();
})();
