import { at, cannotTell, failed, type Finding, passed, quoting } from "../finding.ts";
import type { FormContext } from "../form-context.ts";
import { partsOf } from "../form-parts.ts";
import type { RenderedForm } from "../rendered-form.ts";
import { sentenceOn, speaksOf } from "../speech.ts";

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
