import { at, type Fault, type Finding, judged, quoting } from "../finding.ts";
import { partsOf, textOf } from "../form-parts.ts";
import type { RenderedForm } from "../rendered-form.ts";
import { sentenceOn, speaksOf } from "../speech.ts";

/** 19. Nothing hurries, shames or wears down the person who would refuse. */
export function noDarkPattern(form: RenderedForm): Finding {
  const { callBoxes, accepts, refusals } = partsOf(form);
  const shaming = refusals.filter(({ label }) => speaksOf("guilt", label));
  const twisted = [...new Set([...callBoxes, ...accepts, ...refusals])].flatMap((it) => {
    const sentence = sentenceOn("doubleNegative", textOf(it));
    return sentence === null ? [] : [{ it, sentence }];
  });
  const faults: Fault[] = [
    ...form.countdowns.map((text) => ({
      key: "form-check.no-dark-pattern.countdown" as const,
      values: { text },
    })),
    ...shaming.map(({ label }) => ({
      key: "form-check.no-dark-pattern.guilt" as const,
      values: { label },
    })),
    ...twisted.map(({ sentence }) => ({
      key: "form-check.no-dark-pattern.double-negative" as const,
      values: { sentence },
    })),
    ...(form.asksAgain === true ? [{ key: "form-check.no-dark-pattern.again" } as const] : []),
  ];
  return judged(
    faults,
    ...form.countdowns.map((text) => quoting(text)),
    ...shaming.map((it) => at(it, it.label)),
    ...twisted.map(({ it, sentence }) => at(it, sentence)),
  );
}
