import {
  type Fault,
  type Finding,
  at,
  cannotTell,
  failed,
  judged,
  notApplicable,
  passed,
  quoting,
} from "../finding.ts";
import { partsOf } from "../form-parts.ts";
import type { Control, FormContext, RenderedForm } from "../check-input.ts";
import { sentenceOn, speaksOf } from "../wording.ts";

/** A country code alone is a help, and no number. */
const holdsNumber = (value: string) => value.replaceAll(/\D/g, "").length > 4;

/** 14. The person types the number, and sees it. */
export function numberTyped(form: RenderedForm): Finding {
  const { phones } = partsOf(form);
  if (phones.length === 0) return cannotTell({ key: "form-check.number-typed.ask" });
  return judged(
    phones.flatMap((phone) => faultOf(phone)),
    // The number itself is nobody's to keep here.
    ...phones.map((phone) =>
      at(phone, phone.label, { hidden: phone.isHidden, prefilled: holdsNumber(phone.value) }),
    ),
  );
}

function faultOf({ selector, isHidden, looks, value, isReadOnly }: Control): Fault[] {
  const values = { selector };
  if (isHidden || looks.wide.box === null) {
    return [{ key: "form-check.number-typed.hidden", values }];
  }
  if (holdsNumber(value)) return [{ key: "form-check.number-typed.prefilled", values }];
  return isReadOnly ? [{ key: "form-check.number-typed.fixed", values }] : [];
}

/** 30. A code proves whose number it is before the first call, and brings no advertising along. */
export function numberVerified(_: RenderedForm, { verification }: FormContext): Finding {
  if (verification === undefined) return cannotTell({ key: "form-check.number-verified.ask" });
  const { method, text } = verification;
  const advertising = sentenceOn("marketing", text);
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
  return judged(faults, ...(text === "" ? [] : [quoting(text)]), { values: { method } });
}

/** 15. The person signs: a typed or drawn name, or a click that says it is a signature; and it is kept. */
export function signed(form: RenderedForm, { isSignatureLogged }: FormContext): Finding {
  const { text, callBoxes, accepts } = partsOf(form);
  const field = form.controls.find(
    ({ kind, label }) => kind === "canvas" || (kind === "text" && speaksOf("signature", label)),
  );
  const said = sentenceOn("signature", text);
  const act = [...callBoxes, ...accepts][0];
  const evidence = [
    ...(field === undefined ? [] : [at(field, field.label)]),
    ...(said === null ? [] : [quoting(said)]),
    ...(act === undefined ? [] : [at(act, act.label)]),
  ];
  if (field === undefined && act === undefined) return failed({ key: "form-check.signed.none" });
  if (isSignatureLogged === false)
    return failed({ key: "form-check.signed.unlogged" }, ...evidence);
  if (field === undefined && said === null) {
    return cannotTell({ key: "form-check.signed.ask" }, ...evidence);
  }
  return isSignatureLogged === undefined
    ? cannotTell({ key: "form-check.signed.ask-logged" }, ...evidence)
    : passed(...evidence);
}

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
