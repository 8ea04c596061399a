// Copies the article as it was written. Pictures are shown here alone: they are no part of what
// is copied, as WeChat takes none from a folder.
(() => {
  "use strict";
  const article = document.getElementById("article");
  const said = document.getElementById("said");
  const told = JSON.parse(document.getElementById("told").textContent);
  const html = article.innerHTML;
  const text = article.innerText;

  function show() {
    for (const picture of told.pictures) {
      const boxes = [...article.querySelectorAll("p, span")];
      for (const box of boxes.filter((box) => box.textContent === picture.words)) {
        const shown = document.createElement("img");
        shown.className = "only-here";
        shown.src = picture.name;
        shown.alt = picture.alt;
        box.before(shown);
      }
    }
  }

  function hide() {
    for (const shown of article.querySelectorAll(".only-here")) shown.remove();
  }

  async function copy() {
    try {
      const blob = (kind, what) => new Blob([what], { type: kind });
      const item = { "text/html": blob("text/html", html), "text/plain": blob("text/plain", text) };
      await navigator.clipboard.write([new ClipboardItem(item)]);
      said.textContent = told.copied;
    } catch {
      // An old browser, or one that was not allowed to.
      hide();
      getSelection().selectAllChildren(article);
      said.textContent = told.selected;
    }
  }

  document.getElementById("copy").addEventListener("click", copy);
  show();
})();
