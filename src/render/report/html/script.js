// What the page does beyond HTML: a switch of horizons, and folds that open where a link or a printer needs them.
(() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  document.documentElement.classList.add("js");

  const panels = all("[data-horizon]");
  const show = (horizon) => {
    for (const panel of panels) panel.hidden = horizon !== "" && panel.dataset.horizon !== horizon;
  };
  const radios = all(".switch input");
  for (const radio of radios) {
    radio.addEventListener("change", () => {
      for (const other of radios) other.checked = other.value === radio.value;
      show(radio.value);
    });
    if (radio.checked) show(radio.value);
  }

  all("#source h3").forEach((name, f) => {
    name.nextElementSibling.querySelectorAll("li").forEach((line, i) => { line.id = `${f ? `F${f}` : ""}L${i + 1}`; });
  });

  const folds = all("details");
  const reveal = () => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let element = target; element; element = element.parentElement) {
      if (element.localName === "details") element.open = true;
      if (element.hidden) element.hidden = false;
    }
    if (target) target.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  reveal();

  let before = [];
  addEventListener("beforeprint", () => {
    before = folds.filter((fold) => !fold.open);
    for (const fold of before) fold.open = true;
  });
  addEventListener("afterprint", () => {
    for (const fold of before) fold.open = false;
  });
})();
