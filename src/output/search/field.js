// generator: xianfeng
// The key / goes to the search field, unless something is being typed.
addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) || event.target.isContentEditable) return;
  const fields = [...document.querySelectorAll("input[type=search]")];
  const field = fields.find((one) => one.closest("main")) || fields[0];
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.select();
});
