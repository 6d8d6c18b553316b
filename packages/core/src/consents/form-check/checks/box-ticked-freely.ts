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
import { partsOf, textOf } from "../form-parts.ts";
import type { Control, Outcome, RenderedForm } from "../check-input.ts";
import { sentenceOn, speaksOf } from "../wording.ts";

/** 1. Neither the page nor a script ticks the box for the person. */
export function notPreTicked(form: RenderedForm): Finding {
  const { callBoxes, dataBoxes, accepts } = partsOf(form);
  const boxes = [...new Set([...callBoxes, ...dataBoxes, ...accepts])].filter(
    ({ kind }) => kind !== "button",
  );
  if (boxes.length === 0 && accepts.length === 0) {
    return cannotTell({ key: "form-check.not-pre-ticked.ask" });
  }
  const faults = boxes.flatMap(({ label, isTickedAtFirst, isTickedOnLoad }): Fault[] => {
    if (isTickedAtFirst) {
      return [{ key: "form-check.not-pre-ticked.page", values: { label } }];
    }
    if (!isTickedOnLoad) return [];
    return [{ key: "form-check.not-pre-ticked.script", values: { label } }];
  });
  return judged(
    faults,
    ...boxes.map((box) =>
      at(box, box.label, { atFirst: box.isTickedAtFirst, onLoad: box.isTickedOnLoad }),
    ),
  );
}

/** 2. Consent is an act of its own: going on, scrolling or sending the form is none. */
export function positiveAct(form: RenderedForm): Finding {
  const { callBoxes, accepts, text } = partsOf(form);
  const acts = [...callBoxes, ...accepts];
  if (acts.length > 0) return passed(...acts.map((act) => at(act, act.label)));

  const implied = sentenceOn("implied", text);
  if (implied === null) return cannotTell({ key: "form-check.positive-act.ask" });
  return failed(
    { key: "form-check.positive-act.implied", values: { sentence: implied } },
    quoting(implied),
  );
}

/** 12. Who agrees to no calls gets the same page and the same price. */
export function goesThroughEmpty(form: RenderedForm): Finding {
  const { callBoxes } = partsOf(form);
  const demanded = callBoxes.filter(({ isRequired }) => isRequired);
  const required = demanded.map(({ label }): Fault => ({
    key: "form-check.goes-through-empty.required",
    values: { label },
  }));
  const { submission } = form;
  if (submission === null) {
    const evidence = demanded.map((box) => at(box, box.label));
    if (required.length > 0) return judged(required, ...evidence);
    return cannotTell({ key: "form-check.goes-through-empty.ask" });
  }
  const { boxesEmpty, boxesTicked } = submission;
  if (!boxesEmpty.isAccepted && !boxesTicked.isAccepted) {
    return cannotTell({ key: "form-check.goes-through-empty.ask-sent" }, told(boxesEmpty));
  }
  return judged(
    [...required, ...differences(boxesEmpty, boxesTicked)],
    told(boxesEmpty),
    told(boxesTicked),
  );
}

function differences(empty: Outcome, ticked: Outcome): Fault[] {
  if (!empty.isAccepted) return [{ key: "form-check.goes-through-empty.refused" }];
  const prices = { empty: empty.prices.join(", "), ticked: ticked.prices.join(", ") };
  if (prices.empty !== prices.ticked) {
    return [{ key: "form-check.goes-through-empty.price", values: prices }];
  }
  if (empty.path === ticked.path) return [];
  const values = { empty: empty.path, ticked: ticked.path };
  return [{ key: "form-check.goes-through-empty.page", values }];
}

const told = ({ excerpt, path, isAccepted }: Outcome) => ({
  ...quoting(excerpt),
  values: { path, isAccepted },
});

/** A button may be this much smaller, or fainter, than the one that it stands beside. */
const LEAST_SHARE = 0.75;

/** 18. Where there is a button that says yes, one that says no is as large and as plain. */
export function refusalAsEasy(form: RenderedForm): Finding {
  const { accepts, refusals } = partsOf(form);
  const [accept] = accepts;
  // A box that is left empty refuses.
  if (accept === undefined) return notApplicable({ key: "form-check.na.box" });

  const [refusal] = refusals;
  const evidence = [...accepts, ...refusals].map((it) => at(it, it.label, sizeOf(it)));
  if (refusal === undefined) {
    const missing: Fault = {
      key: "form-check.refusal-as-easy.missing",
      values: { label: accept.label },
    };
    return judged([missing], ...evidence);
  }
  const [yes, no] = [sizeOf(accept), sizeOf(refusal)];
  const faults: Fault[] = [
    ...(no.area < yes.area * LEAST_SHARE || no.fontPx < yes.fontPx * LEAST_SHARE
      ? [
          {
            key: "form-check.refusal-as-easy.smaller",
            values: { yes: yes.area, no: no.area },
          } as const,
        ]
      : []),
    ...(no.contrast < yes.contrast * LEAST_SHARE && no.contrast < ENOUGH
      ? [
          {
            key: "form-check.refusal-as-easy.fainter",
            values: { yes: yes.contrast, no: no.contrast },
          } as const,
        ]
      : []),
  ];
  return judged(faults, ...evidence);
}

/** WCAG 2.2 SC 1.4.6: more than this makes nothing plainer. */
const ENOUGH = 7;

function sizeOf({ looks: { wide } }: Control) {
  const { box, fontPx, contrast } = wide;
  return {
    area: Math.round((box?.width ?? 0) * (box?.height ?? 0)),
    fontPx,
    contrast: Math.round((contrast ?? 1) * 10) / 10,
  };
}

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
