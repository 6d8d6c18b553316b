const words = {
  en: "What you agreed to: your copy, and how to withdraw",
  ru: "На что вы согласились: ваша копия и отзыв согласия",
};

/**
 * Shows the link to the person's copy, where they can also withdraw: in the page's own link or field
 * (`data-ringfence-receipt`), or below the form.
 */
export function showReceipt(form: HTMLFormElement, receipt: string) {
  const places = document.querySelectorAll("[data-ringfence-receipt]");
  for (const place of places) {
    if (place instanceof HTMLInputElement) place.value = receipt;
    if (place instanceof HTMLAnchorElement) pointToReceipt(place, receipt);
  }
  if (places.length > 0) return;
  const link = document.createElement("a");
  link.dataset.ringfenceReceipt = "";
  const isRussian = /^ru\b/i.test(form.lang || document.documentElement.lang);
  link.textContent = isRussian ? words.ru : words.en;
  pointToReceipt(link, receipt);
  form.after(link);
}

/** Points a link to the receipt, in a new tab because the form leaves the page. */
function pointToReceipt(link: HTMLAnchorElement, receipt: string) {
  link.href = receipt;
  link.target = "_blank";
  link.rel = "noopener";
  link.hidden = false;
}
