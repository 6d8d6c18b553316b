import { setTimeout as wait } from "node:timers/promises";
import type { Random } from "@ringfence/services/testing/random";
import { field, readId } from "../../consistency/read-response.ts";
import type { Send } from "../../consistency/run.ts";
import { type ApiResponse, exchangeRequest } from "../../consistency/send-request.ts";

export type Version = "old" | "new";

/** An API to which clients send requests. While it stops, they may fail to reach it and go to another one. */
export type Target = { version: Version; origin: string; isStopping: boolean };

/** A request that failed, and not because its API was being stopped. */
export type Failure = { version: Version; step: string; path: string; fault: string };

type Request = Parameters<Send>[1];
type Refusal = { request: Request; version: Version; id: string };
export type StartedScrub = { id: string; version: Version; step: string; doneIn: string | null };

/** True for a scrub without a result yet, and a permit that was used: they say nothing about the upgrade. */
const isExpected = ({ path }: Request, status: number) =>
  status === 409 && (path.startsWith("/scrubs/") || path === "/permits/verify");

/** Latest refusals, of which one is sent again to the other version. */
const RECENT = 50;

/** Creates a record of what happened to requests, by the version that answered and the step of the upgrade. */
function createRecord() {
  const answered: Record<Version, number> = { old: 0, new: 0 };
  const failures: Failure[] = [];
  const retried = new Map<string, number>();
  const refusals: Refusal[] = [];
  const consents: string[] = [];
  const scrubs = new Map<string, StartedScrub>();
  let step = "";

  return {
    failures,
    refusals,
    beginStep: (name: string) => (step = name),
    fail: ({ version }: Target, { path }: Request, fault: string) =>
      failures.push({ version, step, path, fault }),
    retry: (fault: string) => retried.set(fault, (retried.get(fault) ?? 0) + 1),
    answer(version: Version, request: Request, { status, body }: ApiResponse) {
      const { path } = request;
      answered[version]++;
      if (status === 201 && path === "/opt-outs")
        refusals.push({ request, version, id: readId(body) });
      if (status === 201 && path === "/consents") consents.push(readId(body));
      if (status === 202)
        scrubs.set(readId(body), { id: readId(body), version, step, doneIn: null });
      const scrub = scrubs.get(path.split("/")[2] ?? "");
      if (status === 200 && scrub !== undefined && path.endsWith("/result.csv"))
        scrub.doneIn = step;
    },
    report: () => ({
      answered,
      /** Requests that an API which was being stopped did not answer, by error. */
      retried: Object.fromEntries(retried),
      refusals,
      consents,
      scrubs: [...scrubs.values()],
    }),
  };
}

const REPEAT_MS = 100;
/** On a machine that is busy with other work, an answer may take long. That is no fault of an upgrade. */
const TIMEOUT_MS = 60_000;

/** Sends requests to all APIs that run, and notes what happened to them. */
export function createTraffic(key: string) {
  const targets: Target[] = [];
  const record = createRecord();
  let repeated = 0;

  /** Sends to one API. Null if it failed; "stopping" if another one has to be asked. */
  async function sendTo(
    target: Target,
    request: Request,
  ): Promise<ApiResponse | "stopping" | null> {
    const { origin, version } = target;
    try {
      const answer = await exchangeRequest({ origin, key, timeoutMs: TIMEOUT_MS, ...request });
      record.answer(version, request, answer);
      if (answer.status >= 400 && !isExpected(request, answer.status))
        record.fail(target, request, `${answer.status} ${describeProblem(answer.body)}`);
      return answer;
    } catch (error) {
      const fault = describeFault(error);
      if (target.isStopping) {
        record.retry(fault);
        return "stopping";
      }
      record.fail(target, request, fault);
      return null;
    }
  }

  const send: Send = async (random, request) => {
    for (let others = [...targets]; others.length > 0;) {
      const target = random.oneOf(others);
      const answer = await sendTo(target, request);
      if (answer !== "stopping") return answer;
      others = others.filter((other) => other !== target);
    }
    throw new Error("every API is being stopped");
  };

  /** Sends a recent refusal again to the version that did not answer it: the answer must be the first one's. */
  async function repeatOne(random: Random) {
    const recent = record.refusals.slice(-RECENT);
    if (recent.length === 0) return;
    const { version, request, id } = random.oneOf(recent);
    const target = targets.find((one) => one.version !== version && !one.isStopping);
    if (target === undefined) return;
    const answer = await sendTo(target, request);
    if (answer === null || answer === "stopping" || answer.status >= 400) return;
    repeated++;
    if (readId(answer.body) !== id)
      record.fail(target, request, `a repeated refusal became another one: ${id}`);
  }

  return {
    send,
    targets,
    failures: record.failures,
    beginStep: record.beginStep,
    async repeatRefusals(random: Random, isOver: () => boolean) {
      while (!isOver()) {
        await repeatOne(random);
        await wait(REPEAT_MS);
      }
    },
    report: () => ({ ...record.report(), repeated }),
  };
}

export type Traffic = ReturnType<typeof createTraffic>;

const describeProblem = (body: unknown) => String(field(body, "detail") ?? field(body, "type"));

/** The code of a connection's error, such as ECONNREFUSED. */
function describeFault(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  return String(field(cause, "code") ?? field(cause, "name"));
}
