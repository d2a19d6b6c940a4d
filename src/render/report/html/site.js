const filter = document.getElementById("filter");
const field = filter.querySelector("input");
const entries = [...document.querySelectorAll(".entry")];
const texts = entries.map((entry) => entry.textContent.toLowerCase());
filter.hidden = false;
field.addEventListener("input", () => {
  const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  entries.forEach((entry, i) => {
    entry.hidden = !words.every((word) => texts[i].includes(word));
    shown += entry.hidden ? 0 : 1;
  });
  filter.querySelector("[role=status]").textContent = words.length ? `${shown} of ${entries.length}` : "";
});
