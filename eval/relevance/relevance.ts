import path from "node:path";
import { isSteady, type Observation } from "@ringfence/core/relevance";
import { meanOf } from "./mean-of.ts";
import { plainLogistic } from "./plain-logistic.ts";
import { economicTraits, personTraits, readCalls } from "./read-calls.ts";
import { reportOf } from "./report-of.ts";
import { shuffled } from "./shuffled.ts";
import { testedOn } from "./tested-on.ts";

const FIXTURE = path.join(import.meta.dirname, "bank-marketing-2008-2010.first-30000.csv.gz");
const SEEDS = [1, 2, 3, 4, 5];
const LEAST_AUC = 0.64;

/** What the market said names the day, so that with the month and the phone it tells what was called then. */
const day = { name: "euribor3m", kind: "category" } as const;
const pairs = ["day_of_week", "month", "contact"].map((name) => [day.name, name] as const);

export type Files = { train: string; test: string };

/** What is printed, in words and as figures, and whether the target was met. */
export type Outcome = { report: string; figures: unknown; isMet: boolean };

/** Learned from one file and tested on another; without files, on the first 30,000 calls of the bank. */
export async function relevanceEval(files: Files | null): Promise<Outcome> {
  if (files === null) return ofTheBank(await readCalls(FIXTURE));
  const [train, test] = [await readCalls(files.train), await readCalls(files.test)];
  const later = laterCalls(train, test);
  const data = `${train.length} calls of ${files.train}, tested on ${test.length} of ${files.test}`;
  return { report: reportOf(data, [later]), figures: figuresOf(later), isMet: true };
}

function ofTheBank(calls: readonly Observation[]): Outcome {
  const { model, plain } = randomSplits(calls);
  const twoThirds = Math.floor((calls.length * 2) / 3);
  const later = laterCalls(calls.slice(0, twoThirds), calls.slice(twoThirds));
  const isMet = model.auc >= LEAST_AUC && model.auc > plain.auc;
  const data = `${calls.length} calls of a bank (Moro, Cortez and Rita 2014), the first and fewest of 41,188`;
  const target = `${isMet ? "met" : "missed"}: an AUC of ${LEAST_AUC}, and more than plain logistic regression`;
  const report = [reportOf(data, [model, plain, later]), target].join("\n");
  return { report, figures: { ...figuresOf(model), later: figuresOf(later) }, isMet };
}

/** Two thirds learned and one tested, in no order; the means over the seeds. */
function randomSplits(calls: readonly Observation[]) {
  const traits = [...personTraits, day];
  const splits = SEEDS.map((seed) => {
    const order = shuffled(calls, seed);
    const end = Math.floor((order.length * 2) / 3);
    return { learned: order.slice(0, end), tested: order.slice(end) };
  });
  const modelled = splits.map(({ learned, tested }) =>
    testedOn.random({ traits, pairs }, learned, tested),
  );
  const plain = splits.map(({ learned, tested }) =>
    testedOn.predictions(plainLogistic([...personTraits, ...economicTraits], learned, tested)),
  );
  return {
    model: { name: "random split, mean of 5", ...meanOf(modelled) },
    plain: { name: "the same, plain logistic", ...meanOf(plain) },
  };
}

/** Without the economy, and without what tells the time rather than the person. */
function laterCalls(past: readonly Observation[], later: readonly Observation[]) {
  const traits = personTraits.filter((trait) => isSteady(trait, past));
  return { name: "later calls", ...testedOn.later({ traits }, past, later) };
}

const figuresOf = ({ auc, interval, calibrationError, lift10 }: ReturnType<typeof laterCalls>) => ({
  auc,
  interval,
  calibrationError,
  lift10,
});
