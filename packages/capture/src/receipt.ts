const words = {
  en: "What you agreed to: your copy, and how to withdraw",
  ru: "На что вы согласились: ваша копия и отзыв согласия",
};

/**
 * Shows the person where their copy is, and where they withdraw: by the page's own link or field, where it has
 * one (`data-ringfence-receipt`), else by a link below the form.
 */
export function showReceipt(form: HTMLFormElement, receipt: string) {
  const places = document.querySelectorAll("[data-ringfence-receipt]");
  for (const place of places) {
    if (place instanceof HTMLInputElement) place.value = receipt;
    if (place instanceof HTMLAnchorElement) open(place, receipt);
  }
  if (places.length > 0) return;
  const link = document.createElement("a");
  link.dataset.ringfenceReceipt = "";
  const isRussian = /^ru\b/i.test(form.lang || document.documentElement.lang);
  link.textContent = isRussian ? words.ru : words.en;
  open(link, receipt);
  form.after(link);
}

/** Beside the page, whose form goes its own way. */
function open(link: HTMLAnchorElement, receipt: string) {
  link.href = receipt;
  link.target = "_blank";
  link.rel = "noopener";
  link.hidden = false;
}
