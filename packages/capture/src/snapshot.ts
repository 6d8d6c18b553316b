/** Browsers break lines as they show them, and leave out what they do not show. */
const textOf = (element: HTMLElement, most: number) => element.innerText.slice(0, most);

const isVisible = (element: HTMLElement) =>
  element.checkVisibility({ opacityProperty: true, visibilityProperty: true });

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement | HTMLButtonElement;

export const controlsOf = (form: HTMLFormElement): Control[] =>
  [...form.elements].filter(
    (element): element is Control =>
      element instanceof HTMLInputElement ||
      element instanceof HTMLSelectElement ||
      element instanceof HTMLTextAreaElement ||
      element instanceof HTMLButtonElement,
  );

/** The page as the person sees it; of what they typed only whether there is something. */
export const snapshotOf = (form: HTMLFormElement) => ({
  url: location.origin + location.pathname,
  title: document.title.slice(0, 500),
  language: document.documentElement.lang,
  text: textOf(form, 24_000),
  controls: controlsOf(form)
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

export const isChecked = (control: Element | null) =>
  control instanceof HTMLInputElement && control.checked;

/** The words of a disclosure as they stand on the page: none where they cannot be seen. */
export const wordsOf = (element: HTMLElement | null) =>
  element && isVisible(element) ? textOf(element, 20_000) : "";
