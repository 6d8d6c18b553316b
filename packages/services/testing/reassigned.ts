import type { ReassignedQueryId } from "@ringfence/core/ids";
import type { RootContext } from "../src/platform/context.ts";
import {
  createReassignedQuery,
  importReassignedAnswers,
  exportQueryFile,
} from "../src/do-not-call/reassigned/index.ts";
import { aCallablePhone } from "./phones.ts";
import { aContext } from "./scenes.ts";

/**
 * Creates an organization that has asked the reassigned numbers database about `count` phones of people who
 * consented.
 */
export async function asked(count: number) {
  const ctx = await aContext();
  const phones = [];
  for (let n = 0; n < count; n++) phones.push((await aCallablePhone(ctx)).phone);
  const { id } = await createReassignedQuery(ctx);
  return { ctx, phones, queryId: id };
}

/** The answers, in pieces as a request has them. */
export const answered = (
  ctx: RootContext,
  queryId: ReassignedQueryId,
  lines: readonly string[],
  text = lines.map((line) => `${line}\r\n`).join(""),
) => importReassignedAnswers(ctx, { queryId, fileName: "answer.csv", content: inPieces(text) });

async function* inPieces(text: string) {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += 7) yield bytes.subarray(at, at + 7);
}

export async function readQueryText(ctx: RootContext, queryId: ReassignedQueryId, file = 1) {
  let text = "";
  for await (const page of await exportQueryFile(ctx, { queryId, file })) text += page;
  return text;
}
