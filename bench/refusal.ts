import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { makeApiKey } from "@ringfence/services/account/api-key";
import { createWebhook } from "@ringfence/services/do-not-call/endpoint";
import { keysIn } from "@ringfence/services/testing/keys";
import { openDb } from "@ringfence/db";
import { migrate } from "@ringfence/db/migrate";
import { startPostgres } from "@ringfence/db/postgres";
import autocannon from "autocannon";
import { Pool } from "pg";
import { type Bench, type Ratio, type Report, atLeast, atMost, median } from "./bench.ts";
import { benchOwner } from "./bench-owner.ts";
import { usPhones } from "./generators/us-phones.ts";
import { loadOrganization, scaledSizes } from "./load-organization.ts";
import { withApi } from "./with-api.ts";

const kinds = ["opt-outs", "consents"] as const;
type Kind = (typeof kinds)[number];

/** Callers that send their next request after their answer: one alone, and as many as a busy center has at a time. */
const [alone, many] = [1, 16];
const SECONDS = 3;

/** A sixteen-caller rate must be at least this share of plain inserts into two tables. */
const peerTarget = 0.1;
/** Against the code of another checkout: how many times as many a second, and what share of its time. */
const targets = { perSecond: 5, p50: 0.25, alone: 0.5 };

/**
 * Measures refusals and consents over HTTP, on record, on the ledger, in the feed and queued for a webhook, next to a
 * plain synchronous insert into two tables. With `--against`, also next to the API of another checkout, in turns.
 */
export const refusalBench: Bench = {
  name: "refusal",
  run: async ({ scale, rounds, folder: benchFolder, against, say }) => {
    const folder = path.join(benchFolder, "refusal");
    const settings = { shared_buffers: "1GB", max_wal_size: "8GB" };
    const postgres = await startPostgres({ stateFolder: folder, settings });
    try {
      const load = (checkout: string | undefined, name: string) =>
        loadSide({ urls: postgres.urls(name), scale, folder, checkout, say });
      const ours = await load(undefined, "ours");
      const theirs = against === undefined ? null : await load(path.resolve(against), "theirs");
      const measured = await withSide(ours, folder, (ourApi) =>
        theirs === null
          ? measureRounds({ rounds, ours: ourApi, theirs: null, peerUrl: ours.ownerUrl, say })
          : withSide(theirs, folder, (theirApi) =>
              measureRounds({
                rounds,
                ours: ourApi,
                theirs: theirApi,
                peerUrl: ours.ownerUrl,
                say,
              }),
            ),
      );
      const data = `${alone} and ${many} callers, ${SECONDS} s each, beside ${scaledSizes(scale / 10, 1).contacts} contacts`;
      return { bench: "refusal", data, ...judge(measured) };
    } finally {
      await postgres.stop();
    }
  },
};

type Side = { url: string; ownerUrl: string; key: string; checkout: string | undefined };
type Api = { origin: string; key: string };

type SideOptions = {
  urls: Parameters<typeof migrate>[0];
  scale: number;
  folder: string;
  checkout: string | undefined;
  say: (text: string) => void;
};

/** Brings a database to the schema of a checkout, with an organization, a webhook and a key. */
async function loadSide({ urls, scale, folder, checkout, say }: SideOptions): Promise<Side> {
  await (checkout === undefined ? migrate(urls) : migrateAs(checkout, urls));
  const db = openDb(urls.ownerUrl, urls.ownerUrl);
  try {
    const keys = keysIn(`${folder}/keys`);
    const sizes = scaledSizes(scale / 10, 100_000);
    const organizationId = await loadOrganization({ db, keys }, sizes, say);
    const ctx = { db, keys, organizationId, actor: benchOwner };
    const reason = "It takes refusals for us.";
    const { key } = await makeApiKey(ctx, {
      reason,
      name: "bench",
      scopes: ["opt-outs:write", "consents:write"],
    });
    if ((await db.prisma.endpoint.count({ where: { organizationId } })) === 0) {
      const url = "https://dialer.example/hook";
      const events = ["opt-out.recorded", "consent.changed"] as const;
      await createWebhook(ctx, { reason, name: "bench", url, events: [...events] });
    }
    return { url: urls.url, ownerUrl: urls.ownerUrl, key, checkout };
  } finally {
    await db.close();
  }
}

/** Runs the migrations of another checkout by its own code. */
async function migrateAs(checkout: string, urls: SideOptions["urls"]) {
  const script =
    "const { migrate } = await import(process.argv[1]); await migrate(JSON.parse(process.argv[2]));";
  const module = path.join(checkout, "packages/db/src/migrate.ts");
  const flags = ["--input-type=module", "--eval", script, module, JSON.stringify(urls)];
  await promisify(execFile)(process.execPath, flags, { cwd: checkout });
}

const withSide = <T>(
  { url, key, checkout }: Side,
  folder: string,
  work: (api: Api) => Promise<T>,
) => withApi(url, folder, (origin) => work({ origin, key }), checkout);

/** Answers a second, and the median time of an answer in milliseconds. */
type Speed = { perSecond: number; p50: number };
type KindSpeeds = { alone: Speed; many: Speed };
type Round = {
  peer: KindSpeeds;
  ours: Record<Kind, KindSpeeds>;
  theirs: Record<Kind, KindSpeeds> | null;
};

type Contest = {
  rounds: number;
  ours: Api;
  theirs: Api | null;
  peerUrl: string;
  say: (text: string) => void;
};

async function measureRounds({ rounds, ours, theirs, peerUrl, say }: Contest): Promise<Round[]> {
  const pool = new Pool({ connectionString: peerUrl, max: many });
  const measured: Round[] = [];
  try {
    await createPeerTables(pool);
    // Each round sends numbers of its own, so that none repeats one of an earlier round or run.
    for (let round = -1; round < rounds; round++) {
      const one: Round = {
        peer: await measurePeer(pool),
        ours: await measureSide(ours),
        theirs: null,
      };
      if (theirs !== null) one.theirs = await measureSide(theirs);
      say(`round ${round}: ${JSON.stringify(one)}`);
      if (round >= 0) measured.push(one); // the first is to warm up
    }
  } finally {
    await pool.end();
  }
  return measured;
}

const measureSide = async (api: Api): Promise<Record<Kind, KindSpeeds>> => ({
  "opt-outs": await measureBoth((callers) => measureHttp(api, "opt-outs", callers)),
  consents: await measureBoth((callers) => measureHttp(api, "consents", callers)),
});

const measureBoth = async (measure: (callers: number) => Promise<Speed>): Promise<KindSpeeds> => ({
  alone: await measure(alone),
  many: await measure(many),
});

/** Sends requests for `SECONDS`, each for another number; any answer but 201 fails the measurement. */
async function measureHttp({ origin, key }: Api, kind: Kind, callers: number): Promise<Speed> {
  const phones = usPhones(PHONES, Math.floor(Math.random() * 1e9));
  const write = kind === "opt-outs" ? writeOptOut : writeConsent;
  const { requests, latency, non2xx, errors, timeouts } = await autocannon({
    url: `${origin}/v1/${kind}`,
    connections: callers,
    duration: SECONDS,
    requests: [
      {
        method: "POST",
        headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
        setupRequest: (request) => ({ ...request, body: write(nextPhone(phones)) }),
      },
    ],
  });
  if (non2xx + errors + timeouts > 0) {
    throw new Error(`${kind}: ${non2xx} refused, ${errors} errors, ${timeouts} timeouts`);
  }
  return { perSecond: Math.round(requests.average), p50: latency.p50 };
}

/** More numbers than callers send in one measurement. */
const PHONES = 100_000;

function nextPhone(phones: Iterator<number>): string {
  const { value, done } = phones.next();
  if (done === true) throw new Error("there are no more numbers");
  return `+${value}`;
}

const writeOptOut = (phone: string) => JSON.stringify({ phone, channel: "ivr" });

const writeConsent = (phone: string) =>
  JSON.stringify({
    phone,
    purposes: ["marketing"],
    channels: ["voice_live"],
    source: "website_form",
    disclosure: { text: "Acme may call me about its offers.", language: "en" },
    obtainedAt: "2026-01-05T10:00:00Z",
    evidence: { act: "ticked" },
  });

async function createPeerTables(pool: Pool) {
  await pool.query(`
    CREATE TABLE IF NOT EXISTS peer_phone (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, e164 text NOT NULL);
    CREATE TABLE IF NOT EXISTS peer_refusal (phone_id bigint REFERENCES peer_phone, at timestamptz NOT NULL, channel text)`);
}

/** Inserts into two tables by one statement and one commit, through the same driver. */
const measurePeer = (pool: Pool) =>
  measureBoth(async (callers) => {
    const times: number[] = [];
    const begin = performance.now();
    const insert = async () => {
      while (performance.now() - begin < SECONDS * 1_000) {
        const sentAt = performance.now();
        await pool.query({
          name: "peer",
          text: `WITH added AS (INSERT INTO peer_phone (e164) VALUES ($1) RETURNING id)
            INSERT INTO peer_refusal (phone_id, at, channel) SELECT id, clock_timestamp(), $2 FROM added`,
          values: ["+12025550123", "ivr"],
        });
        times.push(performance.now() - sentAt);
      }
    };
    await Promise.all(Array.from({ length: callers }, insert));
    return { perSecond: Math.round(times.length / SECONDS), p50: median(times) };
  });

function judge(rounds: readonly Round[]): Pick<Report, "ratios" | "notes"> {
  const medianBy = (select: (round: Round) => number) => median(rounds.map(select));
  const ratios = kinds.flatMap((kind): Ratio[] => {
    const toPeer = medianBy(({ ours, peer }) => ours[kind].many.perSecond / peer.many.perSecond);
    const ofPeer = atLeast(
      `${kind}: ${many} callers, against inserts into two tables`,
      toPeer,
      peerTarget,
    );
    if (rounds.some(({ theirs }) => theirs === null)) return [ofPeer];
    const compare = (select: (speeds: KindSpeeds) => number) =>
      medianBy(({ ours, theirs }) =>
        theirs === null ? 0 : select(ours[kind]) / select(theirs[kind]),
      );
    return [
      ofPeer,
      atLeast(
        `${kind}: ${many} callers, a second, against the other checkout`,
        compare((speeds) => speeds.many.perSecond),
        targets.perSecond,
      ),
      atMost(
        `${kind}: ${many} callers, p50, against the other checkout`,
        compare((speeds) => speeds.many.p50),
        targets.p50,
      ),
      atMost(
        `${kind}: alone, time of one, against the other checkout`,
        1 / compare((speeds) => speeds.alone.perSecond),
        targets.alone,
      ),
    ];
  });
  const format = (name: string, select: (round: Round) => KindSpeeds | undefined) =>
    (["alone", "many"] as const).map((callers) => {
      const of = (key: keyof Speed) => medianBy((round) => select(round)?.[callers][key] ?? 0);
      return `${name}, ${callers}: ${of("perSecond")} a second, p50 ${of("p50").toFixed(1)} ms`;
    });
  return {
    ratios,
    notes: [
      ...format("inserts into two tables", ({ peer }) => peer),
      ...kinds.flatMap((kind) => format(kind, ({ ours }) => ours[kind])),
      ...kinds.flatMap((kind) =>
        rounds.some(({ theirs }) => theirs === null)
          ? []
          : format(`${kind} of the other checkout`, ({ theirs }) => theirs?.[kind]),
      ),
    ],
  };
}
