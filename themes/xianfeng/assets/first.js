// Large print, as the reader chose it: before anything is shown, so that no page flashes. Without this
// script the link still works on the page that it is on (:target).
(() => {
  const { classList, style } = document.documentElement;
  const show = () => {
    try {
      classList.toggle("elder", localStorage.getItem("xf-elder") === "1");
    } catch {
      // Nothing may be remembered here.
    }
  };
  show();
  addEventListener("pageshow", show);
  // The running title of what is printed.
  addEventListener("beforeprint", () => style.setProperty("--running", JSON.stringify(document.title)));
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".elder-on, .elder-off");
    if (!link) return;
    const on = link.matches(".elder-on");
    classList.toggle("elder", on);
    try {
      localStorage.setItem("xf-elder", on ? "1" : "0");
    } catch {
      return;
    }
    // An address that has turned it on must be left to turn it off.
    if (on || location.hash !== "#xf-elder") event.preventDefault();
    link.parentNode.querySelector(on ? ".elder-off" : ".elder-on").focus();
  });
})();
