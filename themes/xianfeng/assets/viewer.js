// A picture large, over the page. Without this script a click opens the picture itself.
(() => {
  const links = [...document.querySelectorAll("a.zoom")];
  if (!links.length || !window.HTMLDialogElement) return;
  const [dialog, picture, words] = ["dialog", "img", "p"].map((name) => document.createElement(name));
  picture.alt = "";
  let at = 0;
  let from = null;
  const show = (to) => {
    at = (to + links.length) % links.length;
    const small = links[at].querySelector("img");
    picture.src = links[at].href;
    picture.alt = small.alt;
    words.textContent = links[at].parentNode.querySelector("figcaption")?.textContent ?? "";
    // The next comes at once.
    new Image().src = links[(at + 1) % links.length].href;
  };
  const button = (name, sign, does) => {
    const made = document.createElement("button");
    made.className = name;
    made.textContent = sign;
    made.type = "button";
    made.ariaLabel = (document.documentElement.lang.startsWith("zh")
      ? { close: "关闭", back: "上一张", on: "下一张" }
      : { close: "Close", back: "Previous", on: "Next" })[name];
    made.onclick = does;
    return made;
  };
  dialog.className = "viewer";
  dialog.append(picture, words, button("close", "×", () => dialog.close()));
  if (links.length > 1) {
    dialog.append(button("back", "‹", () => show(at - 1)), button("on", "›", () => show(at + 1)));
  }
  dialog.onkeydown = (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step) show(at + step);
  };
  dialog.onclick = (event) => event.target === picture && dialog.close();
  dialog.onclose = () => from?.focus();
  let x = null;
  dialog.onpointerdown = (event) => (x = event.clientX);
  dialog.onpointerup = (event) => {
    const moved = x === null ? 0 : event.clientX - x;
    if (Math.abs(moved) > 40) {
      show(at + (moved < 0 ? 1 : -1));
      dialog.addEventListener("click", (click) => click.stopPropagation(), { capture: true, once: true });
    }
    x = null;
  };
  picture.draggable = false;
  document.body.append(dialog);
  links.forEach((link, i) => {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      from = link;
      show(i);
      dialog.showModal();
    });
  });
})();
