import { at, cannotTell, failed, type Finding, passed, quoting } from "../finding.ts";
import { partsOf } from "../form-parts.ts";
import type { RenderedForm } from "../rendered-form.ts";
import { sentencesOf } from "../words-of.ts";
import { sentenceOn, speaksOf } from "../speech.ts";

/** An address, a page or a number to write or to call. */
const PLACE = /\S+@\S+\.\p{L}+|https?:\/\/|\p{L}+\.\p{L}{2,}\/|\+?\d[\d\s().-]{4,}\d/u;

/** 16. Before the act, the person reads that consent can be withdrawn, and how. */
export function withdrawalSaid(form: RenderedForm): Finding {
  const { text, shown, submit } = partsOf(form);
  if (text === "") return cannotTell({ key: "form-check.no-text.ask" });

  const said = sentencesOf(text).find(tellsHow) ?? sentenceOn("withdraw", text);
  if (said === null) return failed({ key: "form-check.withdrawal-said.missing" }, quoting(text));
  const passage = shown.find((it) => it.text.includes(said));
  const isLinked = form.links.some((link) => link.text !== "" && said.includes(link.text));
  if (!isLinked && !tellsHow(said)) {
    return failed({ key: "form-check.withdrawal-said.no-way" }, quoting(said));
  }
  if (passage !== undefined && submit !== null && passage.order > submit.order) {
    return failed({ key: "form-check.withdrawal-said.late" }, at(passage, said));
  }
  return passed(passage === undefined ? quoting(said) : at(passage, said));
}

const tellsHow = (sentence: string) =>
  speaksOf("withdraw", sentence) && (speaksOf("withdrawHow", sentence) || PLACE.test(sentence));
