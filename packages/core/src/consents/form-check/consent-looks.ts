import type { FormParts } from "./form-parts.ts";
import { layoutNames, type LayoutName, type Look, type Looks } from "./rendered-form.ts";

/** How a text of the consent looks at one width, and whose it is. */
export type TextLook = { selector: string; text: string; layout: LayoutName; look: Look };

/** Labels and passages of the consent, at both widths. A button is its own label. */
export function consentLooks({ callBoxes, accepts, shown }: FormParts): TextLook[] {
  const ofControls = [...new Set([...callBoxes, ...accepts])].map((control) => ({
    selector: control.selector,
    text: control.label,
    looks: control.labelLooks ?? (control.kind === "button" ? control.looks : null),
  }));
  const texts = [...ofControls, ...shown].flatMap(({ selector, text, looks }) =>
    looks === null ? [] : [{ selector, text, looks }],
  );
  return texts.flatMap(({ selector, text, looks }) =>
    byLayout(looks).map((it) => ({ selector, text, ...it })),
  );
}

const byLayout = (looks: Looks) => layoutNames.map((layout) => ({ layout, look: looks[layout] }));
