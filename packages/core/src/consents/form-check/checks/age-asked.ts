import {
  at,
  cannotTell,
  failed,
  type Finding,
  notApplicable,
  passed,
  quoting,
} from "../finding.ts";
import type { FormContext } from "../form-context.ts";
import type { RenderedForm } from "../rendered-form.ts";
import { sentenceOn, speaksOf } from "../speech.ts";

/** 32. Where the product is not for everybody, the form asks for the age. */
export function ageAsked(
  { controls, passages }: RenderedForm,
  { minimumAge }: FormContext,
): Finding {
  if (minimumAge === null) return notApplicable({ key: "form-check.na.any-age" });

  const asking = controls.find(
    ({ kind, names, label }) =>
      speaksOf("age", label) || (kind === "date" && /birth|dob|bday/i.test(names)),
  );
  if (asking !== undefined) return passed(at(asking, asking.label));
  if (minimumAge === undefined) return cannotTell({ key: "form-check.age-asked.ask" });

  const said = sentenceOn("age", passages.map(({ text }) => text).join("\n"));
  if (said === null) return failed({ key: "form-check.age-asked.missing", values: { minimumAge } });
  return cannotTell(
    { key: "form-check.age-asked.ask-said", values: { sentence: said } },
    quoting(said),
  );
}
