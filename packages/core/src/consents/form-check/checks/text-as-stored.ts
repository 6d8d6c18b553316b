import { textHash } from "../comparable-text.ts";
import { at, cannotTell, failed, type Finding, passed, quoting } from "../finding.ts";
import type { FormContext } from "../form-context.ts";
import { partsOf, textOf } from "../form-parts.ts";
import type { RenderedForm } from "../rendered-form.ts";

/** 28. The page shows the text that was published: whole, in one passage, or as one label. */
export function textAsStored(form: RenderedForm, { disclosureHash }: FormContext): Finding {
  const { callBoxes, accepts, text } = partsOf(form);
  if (disclosureHash === undefined) return cannotTell({ key: "form-check.text-as-stored.ask" });

  const candidates = [
    ...form.passages.filter(({ hiddenBy }) => hiddenBy === null),
    ...[...callBoxes, ...accepts].flatMap((control) => [
      { selector: control.selector, text: control.label },
      { selector: control.selector, text: textOf(control) },
    ]),
  ];
  const same = candidates.find((it) => textHash(it.text) === disclosureHash);
  if (same !== undefined) return passed(at(same, same.text, { sha256: disclosureHash }));
  if (text !== "" && textHash(text) === disclosureHash) {
    return passed({ ...quoting(text), values: { sha256: disclosureHash } });
  }
  return failed(
    { key: "form-check.text-as-stored.differs" },
    { ...quoting(text), values: { published: disclosureHash, shown: textHash(text) } },
  );
}
