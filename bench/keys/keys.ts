import { randomBytes } from "node:crypto";
import { chromium, type Page } from "@playwright/test";
import { type Phone, readPhone } from "@ringfence/core/people/phone";
import { hashPassword } from "@ringfence/services/account/member";
import type { RootContext } from "@ringfence/services/context";
import { findChromium } from "@ringfence/services/consents/form-check";
import { aDisclosure, aForm } from "@ringfence/services/testing/forms";
import { keysIn } from "@ringfence/services/testing/keys";
import { type Bench, atMost, median } from "../bench.ts";
import { benchOwner } from "../bench-owner.ts";
import { loadOrganization, scaledSizes } from "../load-organization.ts";
import { loadPhones } from "../load-phones.ts";
import { signIn } from "../web/visit.ts";
import { withWeb } from "../web/with-web.ts";
import { withPostgres } from "../with-postgres.ts";
import { measureKey, sendsToServer, acts, type Act } from "./acts.ts";

/** Limit in milliseconds from the key to the painted answer, which 95 of 100 presses keep. */
const targetMs = 100;
/** Presses of each key in a round. */
const presses = 6;

/**
 * Measures each key of the agent's call page in Chromium, with the built pages: from the key going down until the frame
 * with the answer is painted. An answer that is recorded is one that the server has committed.
 */
export const keysBench: Bench = {
  name: "keys",
  run: ({ scale, rounds, folder, say }) =>
    withPostgres(folder, async (db, url) => {
      const sizes = scaledSizes(scale, 10_000_000);
      const keys = keysIn(`${folder}/keys`);
      const organizationId = await loadOrganization({ db, keys }, sizes, say);
      const ctx = { db, keys, organizationId, actor: benchOwner };
      await publishScript(ctx);
      const phones = await loadCallable(ctx, acts.length * rounds * presses);
      const agent = await makeAgent(ctx);

      const times = new Map<Act, number[]>(acts.map((act) => [act, []]));
      await withWeb(url, folder, (origin) =>
        withPage(origin, agent, async (page) => {
          for (const act of acts) await press(page, { origin, phone: phones[0], act }); // warms up
          for (let round = 0; round < rounds; round++) {
            for (const [act, all] of times)
              for (let n = 0; n < presses; n++)
                all.push(await press(page, { origin, phone: phones.pop(), act }));
            say(`round ${round}`);
          }
        }),
      );
      const measured = [...times].map(([act, all]) => ({ act, p95: percentile95(all), all }));
      return {
        bench: "keys",
        data: `${rounds * presses} presses of each of ${acts.length} keys, beside ${sizes.contacts} contacts and ${sizes.calls} calls`,
        ratios: measured.map(({ act, p95 }) =>
          atMost(`${act.name}, in ms, 95 of 100 presses`, p95, targetMs),
        ),
        notes: [
          ...measured.map(
            ({ act, all }) =>
              `${act.name}: median ${Math.round(median(all))} ms, worst ${Math.round(Math.max(...all))} ms${sendsToServer(act) ? ", recorded" : ""}`,
          ),
          `the slowest key: ${describeSlowest(measured)}`,
        ],
      };
    }),
};

const describeSlowest = (measured: readonly { act: Act; p95: number }[]) => {
  const [slowest] = measured.toSorted((a, b) => b.p95 - a.p95);
  return slowest ? `${slowest.act.name}, ${Math.round(slowest.p95)} ms` : "none";
};

const percentile95 = (all: readonly number[]) =>
  all.toSorted((a, b) => a - b)[Math.ceil(all.length * 0.95) - 1] ?? Number.NaN;

type Pressed = { origin: string; phone: PhoneOnRecord | undefined; act: Act };

/** Opens the page as a dialer does, does what comes before the key, and measures the key. */
async function press(page: Page, { origin, phone, act }: Pressed): Promise<number> {
  if (phone === undefined) throw new Error("there are fewer numbers than presses");
  await page.goto(`${origin}/call/${phone.id}`);
  await page.waitForSelector("input[name=scope]:focus");
  await page.evaluate(twoFrames); // the keys act from the frame after the page has the focus
  await act.prepare(page, phone.e164);
  return measureKey(page, act);
}

const twoFrames = () =>
  new Promise<void>((resolve) => {
    requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
  });

async function withPage(origin: string, agent: Agent, work: (page: Page) => Promise<void>) {
  const executablePath = findChromium(process.env);
  if (executablePath === null) throw new Error("Install Chromium, or name it in CHROMIUM.");
  const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const browser = await chromium.launch({ executablePath, args });
  try {
    const context = await browser.newContext({ reducedMotion: "reduce", locale: "en" });
    const cookies = (await signIn(origin, agent)).split("; ").map((pair) => ({
      name: pair.slice(0, pair.indexOf("=")),
      value: pair.slice(pair.indexOf("=") + 1),
      url: origin,
    }));
    await context.addCookies(cookies);
    await work(await context.newPage());
  } finally {
    await browser.close();
  }
}

type PhoneOnRecord = { id: string; e164: Phone };

/** Numbers of contacts that exist in the numbering plan. */
async function loadCallable({ db, organizationId }: RootContext, count: number) {
  const phones = await loadPhones(db, organizationId, count * 8);
  const { rows } = await db.pool.query<PhoneOnRecord>(
    "SELECT id, e164 FROM phone WHERE organization_id = $1 AND e164 = ANY ($2)",
    [organizationId, phones.filter((phone) => "phone" in readPhone(phone, "US"))],
  );
  return rows.slice(0, count);
}

async function publishScript(ctx: RootContext) {
  const { organizationId } = ctx;
  const where = { organizationId, kind: "phone" };
  if ((await ctx.db.prisma.captureFormVersion.count({ where })) > 0) return;
  const { published } = await aForm(ctx, {
    kind: "phone",
    disclosures: [await aDisclosure(ctx)],
  });
  if (published.faults) throw new Error(JSON.stringify(published.faults));
}

type Agent = { email: string; password: string };

async function makeAgent({ db, organizationId }: RootContext): Promise<Agent> {
  const [email, password] = ["agent@bench.example", randomBytes(12).toString("base64url")];
  const passwordHash = await hashPassword(password);
  const where = { organizationId, email };
  const { count } = await db.prisma.member.updateMany({ where, data: { passwordHash } });
  if (count === 0)
    await db.prisma.member.create({
      data: { organizationId, email, name: "Agent", passwordHash, role: "agent" },
    });
  return { email, password };
}
