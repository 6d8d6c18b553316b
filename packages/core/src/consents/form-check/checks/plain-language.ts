import { cannotTell, type Fault, type Finding, judged, quoting } from "../finding.ts";
import { partsOf } from "../form-parts.ts";
import { readingEase } from "../reading-ease.ts";
import type { RenderedForm } from "../rendered-form.ts";
import { sentencesOf, wordsOf } from "../words-of.ts";
import { sentenceOn } from "../speech.ts";

const WORDS_MAX = 40;
/** Of Flesch: below it, a text is for who studied. */
const EASE_MIN = 20;

/** 20. Short sentences of plain words. */
export function plainLanguage(form: RenderedForm): Finding {
  const { text } = partsOf(form);
  if (text === "") return cannotTell({ key: "form-check.no-text.ask" });

  const long = sentencesOf(text).find((sentence) => wordsOf(sentence).length > WORDS_MAX);
  const jargon = sentenceOn("jargon", text);
  const twisted = sentenceOn("doubleNegative", text);
  const ease = readingEase(text);
  const faults: Fault[] = [
    ...(long === undefined
      ? []
      : [
          {
            key: "form-check.plain-language.long",
            values: { words: wordsOf(long).length, most: WORDS_MAX },
          } as const,
        ]),
    ...(ease < EASE_MIN
      ? [{ key: "form-check.plain-language.hard", values: { ease, least: EASE_MIN } } as const]
      : []),
    ...(jargon === null
      ? []
      : [{ key: "form-check.plain-language.jargon", values: { sentence: jargon } } as const]),
    ...(twisted === null
      ? []
      : [{ key: "form-check.plain-language.twisted", values: { sentence: twisted } } as const]),
  ];
  const quotes = [long, jargon, twisted].flatMap((it) => (it ? [quoting(it)] : []));
  return judged(faults, ...quotes, { values: { ease } });
}
