/** Reads at most `most` characters of the visible text; browsers leave out what they do not show. */
const readText = (element: HTMLElement, most: number) => element.innerText.slice(0, most);

const isVisible = (element: HTMLElement) =>
  element.checkVisibility({ opacityProperty: true, visibilityProperty: true });

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement | HTMLButtonElement;

/** Lists the fields and buttons of a form, in the order of the page, hidden ones too. */
export const listControls = (form: HTMLFormElement): Control[] =>
  [...form.elements].filter(
    (element): element is Control =>
      element instanceof HTMLInputElement ||
      element instanceof HTMLSelectElement ||
      element instanceof HTMLTextAreaElement ||
      element instanceof HTMLButtonElement,
  );

/** Takes a snapshot of the page as the person sees it, without what they typed. */
export const takeSnapshot = (form: HTMLFormElement) => ({
  url: location.origin + location.pathname,
  title: document.title.slice(0, 500),
  language: document.documentElement.lang,
  text: readText(form, 24_000),
  controls: listControls(form)
    .slice(0, 100)
    .map((control) => ({
      name: (control.name || control.id).slice(0, 200),
      type: control.type,
      ...(control.type === "checkbox" || control.type === "radio"
        ? { isChecked: isChecked(control) }
        : { isFilled: control.value !== "" }),
      isVisible: isVisible(control),
    })),
  width: innerWidth,
  height: innerHeight,
});

/** True for a checkbox or radio button that is ticked. False without a control. */
export const isChecked = (control: Element | null) =>
  control instanceof HTMLInputElement && control.checked;

/** Reads the visible text of a disclosure on the page; empty if it cannot be seen. */
export const readVisibleText = (element: HTMLElement | null) =>
  element && isVisible(element) ? readText(element, 20_000) : "";
