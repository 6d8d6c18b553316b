import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { openTestDb } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { serve } from "../../testing/serve.ts";
import { anAskedRegistry } from "../../testing/soap/asked-registry.ts";

const db = await openTestDb();

/**
 * Two contacts in the US, one of whom is a litigator, and one elsewhere; the service knows the
 * login `hunter22`.
 */
async function scene({
  secret = "hunter22",
  instead,
}: { secret?: string; instead?: RequestListener } = {}) {
  const asked: string[][] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const numbers = JSON.parse(await text(request)) as string[];
    asked.push(numbers.toSorted());
    const said = numbers.map((PhoneNumber) => ({
      PhoneNumber,
      IsLitigator: PhoneNumber === "2025550101",
      IsReassigned: null,
      LineType: "Wireless",
    }));
    response.end(JSON.stringify(said));
  };
  const { host } = await serve((request, response) => {
    if (instead) return instead(request, response);
    if (request.headers["loginid"] !== "hunter22") return void response.writeHead(401).end();
    void answer(request, response);
  });
  const url = `http://${host}/rpc/scrub`;
  const registry = await anAskedRegistry(db, {
    code: "US-LITIGATOR",
    format: { reader: "us-litigators" },
    source: { kind: "us-dncscrub", url, monthlyNumbers: 4 },
    secret,
    host: "127.0.0.1",
  });
  for (const e164 of ["+12025550100", "+12025550101", "+61412000001"]) await registry.contact(e164);
  const listed = async () => {
    const row = await db.prisma.registry.findFirstOrThrow({ where: { id: registry.registryId } });
    return [Number(row.listed), row.areas];
  };
  return { asked, listed, ...registry };
}

it("lists the litigators among the numbers it asked about, and no others", async () => {
  const { asked, sync, listed, view } = await scene();
  expect((await sync()).outcome).toMatchObject({ outcome: "applied", answered: 2 });
  expect(asked).toEqual([["2025550100", "2025550101"]]);
  expect(await listed()).toEqual([1, {}]);
  expect(await view()).toMatchObject({ askedNumbers: 2, answers: { answered: 2, free: 1 } });
  expect((await sync()).outcome).toMatchObject({ outcome: "unchanged", answered: 0 });
});

it("lists a litigator whom the service did not mention before", async () => {
  let isKnown = false;
  const { sync, listed, passDays } = await scene({
    instead: (_, response) => {
      const numbers = ["2025550100", "2025550101"].map((PhoneNumber) => ({
        PhoneNumber,
        IsLitigator: true,
      }));
      response.end(JSON.stringify(isKnown ? numbers : []));
    },
  });
  expect((await sync()).outcome).toMatchObject({ outcome: "applied", answered: 2 });
  expect(await listed()).toEqual([0, {}]);
  isKnown = true;
  await passDays(40);
  expect((await sync()).outcome).toMatchObject({ outcome: "applied", answered: 2 });
  expect(await listed()).toEqual([2, {}]);
});

it("pays nothing if sign-in fails", async () => {
  const { sync, view } = await scene({ secret: "wrong" });
  expect((await sync()).error).toMatchObject({ key: "source.refused" });
  expect(await view()).toMatchObject({ askedNumbers: 0, edition: null });
});

it.each([
  ["a web page", "<p>Sign in", "source.web-page"],
  ["half an answer", '[{"PhoneNumber":"2025550100"', "source.no-answer"],
  ["another answer", '{"error":"2025550100"}', "source.no-answer"],
])("rejects %s as an answer, and repeats nothing of it", async (_, said, key) => {
  const { sync } = await scene({ instead: (_, response) => response.end(said) });
  const { error } = await sync();
  expect(error).toEqual({ key, values: { host: expect.stringMatching(/^127/) } });
});
