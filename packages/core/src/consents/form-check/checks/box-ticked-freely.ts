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
import { findFormParts, toControlText } from "../form-parts.ts";
import type { Control, Outcome, RenderedForm } from "../check-input.ts";
import { findSentence, mentions } from "../wording.ts";

/** 1. Neither the page nor a script ticks the box for the person. */
export function checkNotPreTicked(form: RenderedForm): Finding {
  const { callBoxes, dataBoxes, accepts } = findFormParts(form);
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
  return failIfAny(
    faults,
    ...boxes.map((box) =>
      evidenceAt(box, box.label, { atFirst: box.isTickedAtFirst, onLoad: box.isTickedOnLoad }),
    ),
  );
}

/** 2. Consent is an act of its own: going on, scrolling or sending the form is none. */
export function checkPositiveAct(form: RenderedForm): Finding {
  const { callBoxes, accepts, text } = findFormParts(form);
  const acts = [...callBoxes, ...accepts];
  if (acts.length > 0) return pass(...acts.map((act) => evidenceAt(act, act.label)));

  const implied = findSentence("implied", text);
  if (implied === null) return cannotTell({ key: "form-check.positive-act.ask" });
  return fail(
    { key: "form-check.positive-act.implied", values: { sentence: implied } },
    quoteEvidence(implied),
  );
}

/** 12. Who agrees to no calls gets the same page and the same price. */
export function checkGoesThroughEmpty(form: RenderedForm): Finding {
  const { callBoxes } = findFormParts(form);
  const demanded = callBoxes.filter(({ isRequired }) => isRequired);
  const required = demanded.map(({ label }): Fault => ({
    key: "form-check.goes-through-empty.required",
    values: { label },
  }));
  const { submission } = form;
  if (submission === null) {
    const evidence = demanded.map((box) => evidenceAt(box, box.label));
    if (required.length > 0) return failIfAny(required, ...evidence);
    return cannotTell({ key: "form-check.goes-through-empty.ask" });
  }
  const { boxesEmpty, boxesTicked } = submission;
  if (!boxesEmpty.isAccepted && !boxesTicked.isAccepted) {
    return cannotTell(
      { key: "form-check.goes-through-empty.ask-sent" },
      describeOutcome(boxesEmpty),
    );
  }
  return failIfAny(
    [...required, ...findDifferences(boxesEmpty, boxesTicked)],
    describeOutcome(boxesEmpty),
    describeOutcome(boxesTicked),
  );
}

function findDifferences(empty: Outcome, ticked: Outcome): Fault[] {
  if (!empty.isAccepted) return [{ key: "form-check.goes-through-empty.refused" }];
  const prices = { empty: empty.prices.join(", "), ticked: ticked.prices.join(", ") };
  if (prices.empty !== prices.ticked) {
    return [{ key: "form-check.goes-through-empty.price", values: prices }];
  }
  if (empty.path === ticked.path) return [];
  const values = { empty: empty.path, ticked: ticked.path };
  return [{ key: "form-check.goes-through-empty.page", values }];
}

const describeOutcome = ({ excerpt, path, isAccepted }: Outcome) => ({
  ...quoteEvidence(excerpt),
  values: { path, isAccepted },
});

/** A button may be this much smaller, or fainter, than the one that it stands beside. */
const LEAST_SHARE = 0.75;

/** 18. Where there is a button that says yes, one that says no is as large and as plain. */
export function checkRefusalAsEasy(form: RenderedForm): Finding {
  const { accepts, refusals } = findFormParts(form);
  const [accept] = accepts;
  // A box that is left empty refuses.
  if (accept === undefined) return notApplicable({ key: "form-check.na.box" });

  const [refusal] = refusals;
  const evidence = [...accepts, ...refusals].map((it) =>
    evidenceAt(it, it.label, measureControl(it)),
  );
  if (refusal === undefined) {
    const missing: Fault = {
      key: "form-check.refusal-as-easy.missing",
      values: { label: accept.label },
    };
    return failIfAny([missing], ...evidence);
  }
  const [yes, no] = [measureControl(accept), measureControl(refusal)];
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
  return failIfAny(faults, ...evidence);
}

/** WCAG 2.2 SC 1.4.6: more than this makes nothing plainer. */
const ENOUGH = 7;

function measureControl({ looks: { wide } }: Control) {
  const { box, fontPx, contrast } = wide;
  return {
    area: Math.round((box?.width ?? 0) * (box?.height ?? 0)),
    fontPx,
    contrast: Math.round((contrast ?? 1) * 10) / 10,
  };
}

/** 19. Nothing hurries, shames or wears down the person who would refuse. */
export function checkNoDarkPattern(form: RenderedForm): Finding {
  const { callBoxes, accepts, refusals } = findFormParts(form);
  const shaming = refusals.filter(({ label }) => mentions("guilt", label));
  const twisted = [...new Set([...callBoxes, ...accepts, ...refusals])].flatMap((it) => {
    const sentence = findSentence("doubleNegative", toControlText(it));
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
  return failIfAny(
    faults,
    ...form.countdowns.map((text) => quoteEvidence(text)),
    ...shaming.map((it) => evidenceAt(it, it.label)),
    ...twisted.map(({ it, sentence }) => evidenceAt(it, sentence)),
  );
}
