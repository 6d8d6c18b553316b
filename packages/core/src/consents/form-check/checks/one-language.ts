import { cannotTell, type Fault, type Finding, judged, quoting } from "../finding.ts";
import type { FormContext } from "../form-context.ts";
import { partsOf } from "../form-parts.ts";
import { languageOf } from "../language-of.ts";
import type { RenderedForm } from "../rendered-form.ts";

const primary = (tag: string) => tag.toLowerCase().split("-")[0] ?? "";

/** 26. Consent is asked in the language of the page, and of the call. */
export function oneLanguage(form: RenderedForm, { callLanguage }: FormContext): Finding {
  const { text } = partsOf(form);
  if (text === "") return cannotTell({ key: "form-check.no-text.ask" });

  const ofText = languageOf(text);
  if (ofText === null) return cannotTell({ key: "form-check.one-language.ask" }, quoting(text));
  const around = languageOf(
    form.passages
      .filter(({ hiddenBy, text: passage }) => hiddenBy === null && !text.includes(passage))
      .map((passage) => passage.text)
      .join("\n"),
  );
  const others = [
    { whose: "page", language: around ?? (form.language === null ? null : primary(form.language)) },
    { whose: "declared", language: form.language === null ? null : primary(form.language) },
    { whose: "call", language: callLanguage === undefined ? null : primary(callLanguage) },
  ].filter(({ language }) => language !== null && language !== ofText);
  const evidence = [
    quoting(text),
    { values: { text: ofText, page: form.language ?? "", call: callLanguage ?? "" } },
  ];
  const faults = others.map(({ whose, language }): Fault => ({
    key: "form-check.one-language.differs",
    values: { text: ofText, whose, language: language ?? "" },
  }));
  if (faults.length === 0 && callLanguage === undefined) {
    return cannotTell(
      { key: "form-check.one-language.ask-call", values: { text: ofText } },
      ...evidence,
    );
  }
  return judged(faults, ...evidence);
}
