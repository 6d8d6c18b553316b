import { isSameWords, type PublishedDisclosure } from "../disclosure/index.ts";
import type { Fault } from "../../platform/message/index.ts";
import type { CaptureFormSettings } from "./capture-form.ts";
import type { AskedOnPage, Submission } from "./submission.ts";

/** By how much a page's count of time may run ahead of ours: a tick of two clocks, and no more. */
const TOLERANCE_MS = 2_000;

export type SubmissionWorld = {
  settings: CaptureFormSettings;
  /** All that the form asks, as published. */
  disclosures: readonly PublishedDisclosure[];
  /** Origin of the page that got the token. */
  origin: string;
  /** When the token was given, by our clock. */
  issuedAt: Date;
  now: Date;
};

/** All that is wrong with what a page sends: what was shown is not what was published, or not then. */
export function submissionFaults(sent: Submission, world: SubmissionWorld): Fault[] {
  const { settings } = world;
  const isNamed = sent.name !== undefined && sent.name !== "";
  const needsName = settings.name === "required" || settings.name === "signature";
  const needsEmail = settings.email === "required";
  return [
    ...timeFaults(sent, world),
    ...(new URL(sent.page.url).origin === world.origin
      ? []
      : [fault("/page/url", "submission.page-elsewhere")]),
    ...wordFaults(sent, world),
    ...(needsName && !isNamed ? [fault("/name", "fault.missing")] : []),
    ...(needsEmail && sent.email === undefined ? [fault("/email", "fault.missing")] : []),
    ...(sent.asked.some(({ isChecked }) => isChecked)
      ? []
      : [fault("/asked", "submission.nothing-agreed")]),
  ];
}

function timeFaults({ issuedAt, elapsedMs }: Submission, world: SubmissionWorld): Fault[] {
  const ageMs = world.now.getTime() - world.issuedAt.getTime();
  const isOther = issuedAt.getTime() !== world.issuedAt.getTime();
  return [
    ...(isOther ? [fault("/issuedAt", "submission.time-forged")] : []),
    ...(elapsedMs > ageMs + TOLERANCE_MS ? [fault("/elapsedMs", "submission.time-forged")] : []),
  ];
}

/** What is asked of readers of one language stands on the page whole, in the words as published. */
function wordFaults({ asked }: Submission, { disclosures }: SubmissionWorld): Fault[] {
  const changed = asked.flatMap((one, index) =>
    isAsPublished(one, disclosures) ? [] : [fault(`/asked/${index}`, "submission.words-changed")],
  );
  const shown = disclosures.filter((it) => asked.some(({ id }) => id === it.id));
  const languages = new Set(shown.map(({ language }) => language));
  const left = disclosures.filter(
    ({ id, language }) => languages.has(language) && !asked.some((one) => one.id === id),
  );
  return [...changed, ...(left.length > 0 ? [fault("/asked", "submission.words-missing")] : [])];
}

const isAsPublished = ({ id, version, text }: AskedOnPage, known: readonly PublishedDisclosure[]) =>
  known.some((it) => it.id === id && it.version === version && isSameWords(text, it.text));

const fault = (path: string, key: Fault["message"]["key"]): Fault => ({ path, message: { key } });
