import { at, cannotTell, type Fault, type Finding, judged } from "../finding.ts";
import { partsOf, textOf } from "../form-parts.ts";
import type { Control, RenderedForm } from "../rendered-form.ts";
import { speaksOf } from "../speech.ts";

/** 4. Consent to process personal data: a box and a document of its own, apart from advertising. */
export function dataConsentApart(form: RenderedForm): Finding {
  const { callBoxes, dataBoxes } = partsOf(form);
  const mixed = callBoxes.filter((box) => speaksOf("personalData", textOf(box)));
  if (mixed.length === 0 && dataBoxes.length === 0) {
    return cannotTell({ key: "form-check.data-consent-apart.ask" });
  }
  const together = mixed.map(({ label }): Fault => ({
    key: "form-check.data-consent-apart.mixed",
    values: { label },
  }));
  const undocumented = dataBoxes
    .filter((box) => documentOf(form, box) === null)
    .map(({ label }): Fault => ({
      key: "form-check.data-consent-apart.no-document",
      values: { label },
    }));
  return judged(
    [...together, ...undocumented],
    ...mixed.map((box) => at(box, textOf(box))),
    ...dataBoxes.map((box) => {
      const document = documentOf(form, box);
      return at(box, textOf(box), document === null ? undefined : { document });
    }),
  );
}

/** The link of the box that leads neither to this page nor to a policy, an offer or terms. */
function documentOf({ links, url }: RenderedForm, { label }: Control): string | null {
  const found = links.find(
    ({ text, href }) =>
      text !== "" &&
      label.includes(text) &&
      href.split("#")[0] !== url.split("#")[0] &&
      !speaksOf("privacyPolicy", text) &&
      !speaksOf("terms", text),
  );
  return found?.href ?? null;
}
