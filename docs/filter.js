// Narrows the index to what holds the words that are typed. Without it the page is just longer.
(() => {
  const input = document.createElement("input");
  input.type = "search";
  input.placeholder = document.currentScript.dataset.label;
  input.setAttribute("aria-label", input.placeholder);
  const lists = [...document.querySelectorAll("ul.names")];
  input.addEventListener("input", () => {
    const wanted = input.value.trim().toLowerCase();
    for (const list of lists) {
      let shown = 0;
      for (const item of list.children) {
        item.hidden = !item.textContent.toLowerCase().includes(wanted);
        shown += !item.hidden;
      }
      list.hidden = !shown;
    }
  });
  document.querySelector("h2").before(input);
})();
