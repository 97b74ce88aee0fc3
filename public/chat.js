// Gives names to what Chainlit leaves nameless, and tells screen readers about new messages.
const names = {
  "#chat-submit": "Send",
  "#chat-input": "Your answer",
  "#new-chat-button": "New audit",
  "#sidebar-trigger-button": "Earlier audits",
  "#theme-toggle": "Light or dark",
  "#search-chats-button": "Search",
  "#user-nav-button": "You",
};

function label() {
  for (const [selector, name] of Object.entries(names)) {
    for (const element of document.querySelectorAll(`${selector}:not([aria-label])`)) element.setAttribute("aria-label", name);
  }
  for (const button of document.querySelectorAll("button:not([aria-label])")) {
    if (!button.textContent.trim() && button.title) button.setAttribute("aria-label", button.title);
  }
  const first = document.querySelector(".ai-message");
  const list = first && first.parentElement;
  if (list && !list.hasAttribute("aria-live")) {
    list.setAttribute("aria-live", "polite");
    list.setAttribute("role", "log");
  }
}

new MutationObserver(label).observe(document.documentElement, { childList: true, subtree: true });
label();
