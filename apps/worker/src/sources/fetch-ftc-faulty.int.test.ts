import type { ServerResponse } from "node:http";
import { fromStoredMessage, say, StoredMessage } from "@ringfence/core/platform/message";
import { openTestDb } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { fullList } from "../../testing/registry.ts";
import { anFtcRegistry } from "../../testing/soap/ftc-registry.ts";
import type { FtcWorld } from "../../testing/soap/ftc-server.ts";

const db = await openTestDb();
const lists = () => new Map([["818", fullList(100)]]);

/** Answers one operation instead of the service. */
const instead =
  (asked: string, answer: (response: ServerResponse) => unknown): FtcWorld["instead"] =>
  (operation, response) => {
    if (operation !== asked) return false;
    answer(response);
    return true;
  };
const half = `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><Get`;
const fault = (said: string) =>
  `${half.slice(0, -4)}<soap:Fault><faultcode>soap:Server</faultcode><faultstring>${said}</faultstring></soap:Fault></soap:Body></soap:Envelope>`;
const offer = (told: string) =>
  `${half.slice(0, -4)}<GetURLSResponse xmlns="urn:x"><GetURLSResult><string>${told}</string></GetURLSResult></GetURLSResponse></soap:Body></soap:Envelope>`;
const url = "https://telemarketing.donotcall.gov/full/2026-8-5_818_ABC123.txt.zip";

type Scene = { world: Partial<FtcWorld>; secret?: string };
const scenes: [what: string, key: string, scene: Scene, isTransient?: true][] = [
  ["a wrong password", "source.ftc-sign-in", { world: { lists: lists() }, secret: "wrong" }],
  [
    "a certification that has to be renewed",
    "source.ftc-certification",
    { world: { lists: lists(), certification: "needed" } },
  ],
  ["no area code subscribed to", "source.ftc-nothing-subscribed", { world: {} }],
  [
    "a file that somebody took by hand today",
    "source.ftc-given-today",
    { world: { lists: lists(), given: new Set([url]) } },
  ],
  [
    "a file that is cut off",
    "source.zip-broken",
    { world: { lists: lists(), spoil: (base64) => base64.slice(0, 400) } },
  ],
  [
    "a file cut off within four letters of Base64",
    "source.file-cut-off",
    { world: { lists: lists(), spoil: (base64) => base64.slice(0, 401) } },
  ],
  [
    "a page of HTML with status 200",
    "source.web-page",
    {
      world: {
        lists: lists(),
        instead: instead("GetURLS", (response) =>
          response.setHeader("content-type", "text/html").end("<!DOCTYPE html>\n<p>Closed"),
        ),
      },
    },
  ],
  [
    "a fault of the service",
    "source.soap-fault",
    {
      world: {
        lists: lists(),
        instead: instead("GetURLS", (response) =>
          response.writeHead(500, { "content-type": "text/xml" }).end(fault("Server was unable")),
        ),
      },
    },
  ],
  [
    "a sentence about somebody in the place of an address",
    "source.ftc-code",
    {
      world: {
        lists: lists(),
        instead: instead("GetURLS", (response) =>
          response.end(offer("No list for (818) 555-0100, down &amp; load")),
        ),
      },
    },
  ],
  [
    "something that is no envelope",
    "source.no-soap",
    { world: { lists: lists(), instead: instead("GetURLS", (response) => response.end("{}")) } },
  ],
  [
    "half an envelope",
    "source.answer-cut-off",
    { world: { lists: lists(), instead: instead("GetURLS", (response) => response.end(half)) } },
    true,
  ],
  [
    "a session that is over as soon as it begins",
    "source.session-over",
    { world: { lists: lists(), sessions: { add() {}, has: () => false, clear() {} } as never } },
    true,
  ],
];

it.each(scenes)("reports what happened and what to do: %s", async (_, key, scene, isTransient) => {
  const { sync, row, ctx } = await anFtcRegistry(db, scene);
  const before = await row();
  const [ended] = await Promise.allSettled([sync()]);
  expect(ended.status).toBe(isTransient ? "rejected" : "fulfilled");
  const run = await db.prisma.run.findFirstOrThrow({
    where: { organizationId: ctx.organizationId },
  });
  const told = fromStoredMessage(StoredMessage.parse(run.error));
  expect(told.key).toBe(key);
  expect(run.status).toBe(isTransient ? "queued" : "failed");
  for (const locale of ["en", "ru"] as const) expect(say(locale, told)).toMatch(/\S+ \S+ .+[.]/s);
  expect(JSON.stringify(run)).not.toMatch(/down & load|555-0100/);
  expect(await row()).toEqual(before);
});
