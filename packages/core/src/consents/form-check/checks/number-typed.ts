import { at, cannotTell, type Fault, type Finding, judged } from "../finding.ts";
import { partsOf } from "../form-parts.ts";
import type { Control, RenderedForm } from "../rendered-form.ts";

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
