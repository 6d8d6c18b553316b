import {
  type Fault,
  type Finding,
  evidenceAt,
  cannotTell,
  fail,
  failIfAny,
  notApplicable,
  pass,
  quoteEvidence,
} from "../finding.ts";
import { findFormParts } from "../form-parts.ts";
import type { Control, FormContext, RenderedForm } from "../check-input.ts";
import { findSentence, mentions } from "../wording.ts";

/** True if a value contains a number. A country code alone is not one. */
const holdsNumber = (value: string) => value.replaceAll(/\D/g, "").length > 4;

/** Check 14: the person types the number, and sees it. */
export function checkNumberTyped(form: RenderedForm): Finding {
  const { phones } = findFormParts(form);
  if (phones.length === 0) return cannotTell({ key: "form-check.number-typed.ask" });
  return failIfAny(
    phones.flatMap((phone) => findNumberFaults(phone)),
    // Leaves out the number itself, which is personal.
    ...phones.map((phone) =>
      evidenceAt(phone, phone.label, {
        hidden: phone.isHidden,
        prefilled: holdsNumber(phone.value),
      }),
    ),
  );
}

function findNumberFaults({ selector, isHidden, looks, value, isReadOnly }: Control): Fault[] {
  const values = { selector };
  if (isHidden || looks.wide.box === null) {
    return [{ key: "form-check.number-typed.hidden", values }];
  }
  if (holdsNumber(value)) return [{ key: "form-check.number-typed.prefilled", values }];
  return isReadOnly ? [{ key: "form-check.number-typed.fixed", values }] : [];
}

/** Check 30: a code or a call proves whose number it is before the first call, and contains no advertising. */
export function checkNumberVerified(_: RenderedForm, { verification }: FormContext): Finding {
  if (verification === undefined) return cannotTell({ key: "form-check.number-verified.ask" });
  const { method, text } = verification;
  const advertising = findSentence("marketing", text);
  const faults: Fault[] = [
    ...(method === "none" ? [{ key: "form-check.number-verified.none" } as const] : []),
    ...(advertising === null
      ? []
      : [
          {
            key: "form-check.number-verified.advertises",
            values: { sentence: advertising },
          } as const,
        ]),
  ];
  return failIfAny(faults, ...(text === "" ? [] : [quoteEvidence(text)]), { values: { method } });
}

/** Check 15: the person signs: a typed or drawn name, or a click that says it is a signature; and it is kept. */
export function checkSigned(form: RenderedForm, { isSignatureLogged }: FormContext): Finding {
  const { consentText, callBoxes, acceptControls } = findFormParts(form);
  const field = form.controls.find(
    ({ kind, label }) => kind === "canvas" || (kind === "text" && mentions("signature", label)),
  );
  const sentence = findSentence("signature", consentText);
  const act = [...callBoxes, ...acceptControls][0];
  const evidence = [
    ...(field === undefined ? [] : [evidenceAt(field, field.label)]),
    ...(sentence === null ? [] : [quoteEvidence(sentence)]),
    ...(act === undefined ? [] : [evidenceAt(act, act.label)]),
  ];
  if (field === undefined && act === undefined) return fail({ key: "form-check.signed.none" });
  if (isSignatureLogged === false) return fail({ key: "form-check.signed.unlogged" }, ...evidence);
  if (field === undefined && sentence === null) {
    return cannotTell({ key: "form-check.signed.ask" }, ...evidence);
  }
  return isSignatureLogged === undefined
    ? cannotTell({ key: "form-check.signed.ask-logged" }, ...evidence)
    : pass(...evidence);
}

/** Check 32: the form asks for the age if the product is not for everybody. */
export function checkAgeAsked(
  { controls, passages }: RenderedForm,
  { minimumAge }: FormContext,
): Finding {
  if (minimumAge === null) return notApplicable({ key: "form-check.na.any-age" });

  const asking = controls.find(
    ({ kind, names, label }) =>
      mentions("age", label) || (kind === "date" && /birth|dob|bday/i.test(names)),
  );
  if (asking !== undefined) return pass(evidenceAt(asking, asking.label));
  if (minimumAge === undefined) return cannotTell({ key: "form-check.age-asked.ask" });

  const sentence = findSentence("age", passages.map(({ text }) => text).join("\n"));
  if (sentence === null)
    return fail({ key: "form-check.age-asked.missing", values: { minimumAge } });
  return cannotTell(
    { key: "form-check.age-asked.ask-said", values: { sentence } },
    quoteEvidence(sentence),
  );
}
