
// Conveniences alone: without this everything can still be read.
(() => {
  const all = (selector) => Array.from(document.querySelectorAll(selector));
  // A place inside something folded is unfolded when a link leads there.
  const reveal = () => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    for (let box = target; box; box = box.parentElement) if (box.tagName === "DETAILS") box.open = true;
    target.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  reveal();
  // On paper no finding stays folded.
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = all("details.unfold:not([open])");
    for (const box of opened) box.open = true;
  });
  addEventListener("afterprint", () => {
    for (const box of opened) box.open = false;
    opened = [];
  });
  for (const button of all("button[data-open]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      for (const box of all("details.sheet, details.sheet > .body > details.unfold")) box.open = button.dataset.open === "yes";
    });
  }
})();
