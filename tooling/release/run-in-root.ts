// Run by `pnpm verify:release` in namespaces of its own: `run-in-root.ts ROOT [RELEASE]`. ROOT is a file system with a
// release in /opt/ringfence; RELEASE is mounted there if it is named.
import "@ringfence/services/handlers";
import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { MemberId, OrganizationId } from "@ringfence/core/ids";
import { openDb } from "@ringfence/db";
import { removeData, startPostgres } from "@ringfence/db/postgres";
import { makeApiKey } from "@ringfence/services/account/api-key";
import { openKeys } from "@ringfence/services/platform/keys";
import { waitForAnswer } from "../supervisor/wait-for-answer.ts";
import { createCheck, report, type Tally } from "../tally.ts";

/** Neither root nor anybody else of the system. */
const USER = 10_001;
const STATE = "/var/lib/ringfence";
const PHONE = "+12025550143";
const apps = { api: ["api"], web: ["web"], worker: ["worker", "--signer"] };
const ports = { WEB_PORT: "3000", API_PORT: "4000", WORKER_PORT: "4001" };
const addresses: Readonly<Record<string, string>> = {
  api: `http://127.0.0.1:${ports.API_PORT}`,
  web: `http://127.0.0.1:${ports.WEB_PORT}`,
  worker: `http://127.0.0.1:${ports.WORKER_PORT}`,
};

const [, , root = "", release] = process.argv;
const work = mkdtempSync(path.join(tmpdir(), "ringfence-root-"));
const tally: Tally = { passed: 0, failed: [] };
const check = createCheck(tally);

const mount = (...args: string[]) => execFileSync("mount", args);

execFileSync("ip", ["link", "set", "lo", "up"]);
const keyFolder = mountRoot();
const postgres = await startPostgres({ stateFolder: path.join(work, "server"), isDurable: false });
const { url, ownerUrl } = postgres.urls("ringfence");
const env = {
  PATH: "/usr/sbin:/usr/bin",
  LANG: "C",
  DATABASE_URL: url,
  DATABASE_OWNER_URL: ownerUrl,
  AUTH_SECRET: "only for this test, and 32 characters",
  PUBLIC_URL: `http://127.0.0.1:${ports.WEB_PORT}`,
  RINGFENCE_STATE: STATE,
  ...ports,
};
/** Mounts the file system read-only, with a folder for state and an empty /tmp. Returns the folder of the keys. */
function mountRoot(): string {
  const state = path.join(work, "state");
  mkdirSync(state, { mode: 0o700 });
  chownSync(state, USER, USER);
  for (const folder of ["/opt/ringfence", STATE, "/proc", "/tmp"]) {
    mkdirSync(path.join(root, folder), { recursive: true });
  }
  mount("--bind", root, root);
  if (release !== undefined) {
    mount("--bind", release, path.join(root, "/opt/ringfence"));
    mount("-o", "remount,bind,ro", path.join(root, "/opt/ringfence"));
  }
  mount("--bind", state, path.join(root, STATE));
  mount("-t", "proc", "proc", path.join(root, "/proc"));
  mount("-t", "tmpfs", "tmpfs", path.join(root, "/tmp"));
  mount("-o", "remount,bind,ro", root);
  return path.join(state, "keys");
}

/** Returns the command that runs a program in the root, as a user without rights. */
const inRoot = (...command: string[]) => [
  root,
  "setpriv",
  `--reuid=${USER}`,
  `--regid=${USER}`,
  "--clear-groups",
  "--no-new-privs",
  "--bounding-set=-all",
  "--inh-caps=-all",
  ...command,
];

const runInRoot = (...command: string[]) =>
  spawnSync("chroot", inRoot(...command), { env, encoding: "utf8" });

const ringfence = (...args: string[]) => runInRoot("/opt/ringfence/bin/ringfence", ...args);

try {
  await prove();
} finally {
  await postgres.stop();
  await removeData(path.join(work, "server"));
  execFileSync("umount", ["--recursive", root]);
  rmSync(work, { recursive: true });
}
report(tally);

async function prove() {
  const migrated = ringfence("migrate");
  check("migrates an empty database", migrated.status === 0, migrated.stderr);
  const answers = { name: "Acme", region: "US", zone: "America/Chicago", locale: "en" };
  const flags = { ...answers, seller: "Acme", owner: "Ada", email: "ada@example.com" };
  const founded = ringfence("found", ...Object.entries(flags).map(([k, v]) => `--${k}=${v}`));
  check("makes an organization", founded.stdout.includes("Acme was created."), founded.stderr);

  const programs: Record<string, ChildProcess> = {};
  for (const [name, args] of Object.entries(apps)) programs[name] = await start(name, args);
  try {
    await askApi(await makeKey());
    await askPages();
    for (const [name, { pid }] of Object.entries(programs)) checkRights(name, pid);
    checkReadOnly();
  } finally {
    for (const [name, program] of Object.entries(programs)) await stop(name, program);
  }
  check("is not ready once it is stopped", ringfence("health", "api").status === 1);
}

async function start(name: string, args: readonly string[]): Promise<ChildProcess> {
  const begun = performance.now();
  const command = inRoot("/opt/ringfence/bin/ringfence", ...args);
  const program = spawn("chroot", command, { env, stdio: ["ignore", "ignore", "inherit"] });
  await waitForAnswer(`${addresses[name]}/readyz`);
  console.log(`${name} ready after ${((performance.now() - begun) / 1000).toFixed(1)} s`);
  const { status, stderr } = ringfence("health", name);
  check(`${name} is healthy by its own health check`, status === 0, stderr);
  return program;
}

async function stop(name: string, program: ChildProcess) {
  const exited = once(program, "exit");
  program.kill("SIGTERM");
  const [code, signal] = await exited;
  // Next ends with 143.
  check(`${name} stops on SIGTERM`, code === 0 || code === 143, `${code} ${signal}`);
}

/** Makes a key as the owner would in the pages. */
async function makeKey(): Promise<string> {
  const db = openDb(ownerUrl, ownerUrl);
  try {
    const owner = await db.prisma.member.findFirstOrThrow({ where: { role: "owner" } });
    const ctx = {
      db,
      keys: await openKeys(db, keyFolder),
      organizationId: OrganizationId.parse(owner.organizationId),
      actor: {
        type: "member",
        id: MemberId.parse(owner.id),
        role: "owner",
        sellerIds: [],
        isProven: true,
      } as const,
    };
    const { key } = await makeApiKey(ctx, {
      name: "dialer",
      reason: "It calls for us.",
      scopes: ["screen", "opt-outs:write"],
    });
    return key;
  } finally {
    await db.close();
  }
}

async function askApi(key: string) {
  const post = async (to: string, body: object) => {
    const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
    const request = { method: "POST", headers, body: JSON.stringify(body) };
    const response = await fetch(`${addresses.api}${to}`, request);
    return { status: response.status, text: await response.text() };
  };
  const optOut = await post("/v1/opt-outs", { phone: PHONE, channel: "agent" });
  check("records an opt-out", optOut.status === 201, `${optOut.status} ${optOut.text}`);
  const screening = await post("/v1/screenings", { phone: PHONE, purpose: "marketing" });
  const isRefused = screening.text.includes('"verdict":"refuse"');
  const namesIt = screening.text.includes('"reason":"opted-out"');
  check("refuses a call after it, and says why", isRefused && namesIt, screening.text);
}

async function askPages() {
  const page = await fetch(`${addresses.web}/sign-in`);
  const html = await page.text();
  check("shows the page to sign in", page.ok && html.includes("<form"), `${page.status}`);
  const [script = "/none"] = /\/_next\/static\/[^"]+\.js/.exec(html) ?? [];
  const { status } = await fetch(`${addresses.web}${script}`);
  check("serves the scripts of its pages", status === 200, `${script} ${status}`);
}

/** Reads from the kernel what a running program may do. */
function checkRights(name: string, pid: number | undefined) {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const read = (field: string) => new RegExp(`^${field}:\\s+(.*)$`, "m").exec(status)?.[1] ?? "";
  const users = new Set(read("Uid").split(/\s+/));
  check(`${name} does not run as root`, users.size === 1 && users.has(String(USER)), status);
  const capabilities = ["CapInh", "CapPrm", "CapEff", "CapBnd"].map(read);
  check(
    `${name} has no capability`,
    capabilities.every((set) => /^0+$/.test(set)),
    status,
  );
  check(`${name} cannot get rights`, read("NoNewPrivs") === "1", status);
  const isSecretKnown = readFileSync(`/proc/${pid}/environ`, "utf8").includes("DATABASE_OWNER_URL");
  check(`${name} does not know the owner of the tables`, !isSecretKnown);
}

/** Tries to write where nothing may be written, as the user of the programs and as root. */
function checkReadOnly() {
  for (const file of ["/none", "/etc/none", "/opt/ringfence/none", "/opt/ringfence/apps/none"]) {
    const isRefused = ({ status, stderr }: ReturnType<typeof runInRoot>) =>
      status !== 0 && /Read-only file system|Permission denied/.test(stderr);
    check(`${file} cannot be written`, isRefused(runInRoot("touch", file)));
    const asRoot = spawnSync("chroot", [root, "touch", file], { encoding: "utf8" });
    check(`${file} cannot be written by root`, asRoot.stderr.includes("Read-only file system"));
  }
  check("state can be written", runInRoot("touch", `${STATE}/test`).status === 0);
}
