import { setTimeout as wait } from "node:timers/promises";
import { Certificate } from "@ringfence/core/proof/ledger";
import type { RunningDemo } from "./running-demo.ts";

const phone = "+12065550143"; // nobody's: 555-01xx is for stories

/**
 * Time for the log, which signs two checkpoints a second, on a machine that is also busy with other
 * things.
 */
const PATIENCE_MS = 60_000;

/**
 * Takes the certificate of a consent after which the person opted out and which they then withdrew,
 * from the API once the log holds all three.
 */
export async function takeCertificate(demo: RunningDemo): Promise<Certificate> {
  const { id } = await post(demo, "/v1/consents", {
    phone,
    seller: demo.seller,
    purposes: [demo.purpose],
    channels: ["voice_live"],
    source: "website_form",
    disclosure: { text: "You may call me about your offers.", language: "en" },
    obtainedAt: "2026-03-01T09:00:00Z",
    evidence: { act: "ticked", ip: "192.0.2.1", url: "https://example.com/offers" },
  });
  await post(demo, "/v1/opt-outs", { phone, channel: "api" });
  await post(demo, `/v1/consents/${id}/withdrawals`, {});

  const until = Date.now() + PATIENCE_MS;
  while (Date.now() < until) {
    const answer = await ask(demo, `/v1/consents/${id}/certificate.json`);
    const certificate = Certificate.parse(answer);
    const all = [certificate, ...certificate.later];
    if (all.length > 2 && all.every(({ proof }) => proof !== null)) return certificate;
    await wait(250);
  }
  throw new Error("the log does not hold what was stated a minute ago");
}

type Answer = Record<string, string>;

const post = (demo: RunningDemo, to: string, body: unknown) =>
  ask(demo, to, { method: "POST", body: JSON.stringify(body) });

async function ask({ api, apiKey }: RunningDemo, to: string, init?: RequestInit): Promise<Answer> {
  const headers = { authorization: `Bearer ${apiKey}`, "content-type": "application/json" };
  const response = await fetch(`${api}${to}`, { ...init, headers });
  if (!response.ok) throw new Error(`${to} answered ${response.status} ${await response.text()}`);
  const answer: Answer = await response.json();
  return answer;
}
