import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { anOrganization } from "@ringfence/db/testing";
import { toActor } from "@ringfence/services/account/member";
import { anOrganizationWithEverything } from "@ringfence/services/testing/organization-with-everything";
import { anExpiredToken } from "@ringfence/services/testing/submissions";
import { afterAll, expect, it, vi } from "vitest";
import messages from "../../messages/en.json";
import { joinForSellers } from "../../testing/join-for-sellers";
import { connectProvider } from "../../testing/connect-provider";
import {
  type PublicAccess,
  type PublicRecords,
  type PublicRequest,
  isPublicFile,
  publicActions,
  publicPages,
} from "../../testing/public-access";

const host = "https://calls.example.com";
vi.stubEnv("TRUST_PROXY", "none");
vi.stubEnv("DATABASE_URL", "postgresql://localhost/ringfence");
vi.stubEnv("AUTH_SECRET", "a text of thirty-two characters.");
vi.stubEnv("PUBLIC_URL", host);
vi.stubEnv("API_URL", "https://api.calls.example.com");
// Test files share a process, so the environment must be restored.
afterAll(() => void vi.unstubAllEnvs());

// Fonts are found from the folder in which the pages run.
const cwd = vi.spyOn(process, "cwd").mockReturnValue(path.resolve(import.meta.dirname, "../.."));
afterAll(() => cwd.mockRestore());

const next = vi.hoisted(() => import("../../testing/next-request"));
vi.mock(import("server-only"), () => ({}));
vi.mock("next/headers", async () => (await next).nextHeaders);
vi.mock("next-intl/server", async () => (await next).createNextIntl());
const { request } = await next;

const folder = import.meta.dirname;
const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;

/** Calls a page, route or action. */
type Send = (request: PublicRequest) => Promise<unknown>;

/** Loads the pages and routes that no session opens. */
async function loadPages(): Promise<ReadonlyMap<string, Send>> {
  const pages = new Map<string, Send>();
  for (const file of globSync("**/{page,route}.{ts,tsx}", { cwd: folder }).filter(isPublicFile)) {
    const name = path.dirname(file);
    const loaded = await import(path.join(folder, file));
    if (file.endsWith("page.tsx")) {
      pages.set(name, ({ params }) =>
        loaded.default({ params: Promise.resolve(params), searchParams: Promise.resolve({}) }),
      );
    }
    for (const method of methods) {
      if (loaded[method] === undefined) continue;
      pages.set(`${method} ${name}`, ({ params, search = "", fields = {} }) => {
        const body = method === "GET" ? null : new URLSearchParams(fields);
        const sent = new Request(`${host}/${name}${search}`, { method, body });
        return loaded[method](sent, { params: Promise.resolve(params) });
      });
    }
  }
  return pages;
}

/** Loads the actions of public forms, by name. */
async function loadActions(): Promise<ReadonlyMap<string, Send>> {
  const features = path.join(folder, "../features");
  const actions = new Map<string, (...given: unknown[]) => Promise<unknown>>();
  // The form of `submit-number.ts` is on pages of the workspace.
  const sources = globSync("**/*.ts", { cwd: features }).filter(
    (file) => file !== "desk/number/submit-number.ts",
  );
  for (const file of sources) {
    const source = path.join(features, file);
    if (!readFileSync(source, "utf8").startsWith('"use server"')) continue;
    for (const [name, action] of Object.entries(await import(source))) {
      if (typeof action === "function") actions.set(name, (...given) => action(...given));
    }
  }
  const isOfAddress = new Set([
    "hideOwnRecord",
    "requestOwnCode",
    "sendHostedForm",
    "submitHandedCode",
  ]);
  return new Map(
    [...actions].map(([name, action]) => [
      name,
      ({ params = {}, fields = {} }: PublicRequest) => {
        const data = new FormData();
        for (const [field, value] of Object.entries(fields)) data.set(field, value);
        if (isOfAddress.has(name)) return action(params.address, data);
        if (name === "answerConfirmation") return action(params.link, data);
        return action({ callId: null, ...params }, data);
      },
    ]),
  );
}

const overTitle = messages.join.over;

/** Describes an answer in a few words. */
async function describeAnswer(send: () => Promise<unknown>): Promise<string> {
  try {
    const answer = await send();
    if (answer instanceof Response) {
      const location = answer.headers.get("location") ?? "";
      return `${answer.status} ${location} ${answer.ok ? "" : await answer.text()}`;
    }
    const { props } = Object(answer);
    return `page ${props.title}`;
  } catch (error) {
    const { digest } = Object(error);
    return typeof digest === "string" ? digest : `error ${String(error)}`;
  }
}

const isRefusal = (answer: string) =>
  /^(4\d\d|error) |;404$|[?&](wrong|again)=true|not-withdrawn/.test(answer) ||
  answer === `page ${overTitle}`;

async function scene(): Promise<PublicRecords> {
  const everything = await anOrganizationWithEverything();
  const { ctx, receiptPhoneId: phoneId, hosted } = everything;
  const { db, keys, files } = ctx;
  const { sealOwner } = await import("../server/own-record");
  const { sealFlow } = await import("../server/provider-sign-in");

  const stranger = await anOrganization(db);
  const theirCtx = { ...ctx, organizationId: stranger };
  const theirOwner = toActor(await joinForSellers(theirCtx, "owner", []));
  const addresses = { redirectUri: `${host}/api/oidc/callback`, sealFlow };
  const providers = {
    ours: await connectProvider({ db, keys }, ctx, addresses),
    theirs: await connectProvider({ db, keys }, { ...theirCtx, actor: theirOwner }, addresses),
  };
  afterAll(() => Promise.all(Object.values(providers).map(({ provider }) => provider.close())));
  const privateHosts = Object.values(providers).map(({ privateHost }) => privateHost);
  globalThis.installation = { db, keys, files, privateHosts };

  const shownOn = { type: "hosted", page: hosted.page } as const;
  const { token: expiredToken } = await anExpiredToken(hosted.form, shownOn);
  return { ...everything, stranger, owner: await sealOwner(phoneId), expiredToken, providers };
}

/**
 * Sends the wrong requests, the right one after it has expired, and last, because it may be used up, the right one while
 * it is valid. Returns a line for each wrong answer.
 */
async function findFaults(of: PublicRecords, name: string, access: PublicAccess, send: Send) {
  const faults: string[] = [];
  const ask = async (sent: PublicRequest) => {
    request.cookies.clear();
    for (const [cookie, value] of Object.entries(sent.cookies ?? {})) {
      request.cookies.set(cookie, value);
    }
    const answer = await describeAnswer(() => send(sent));
    const isAccepted = !isRefusal(answer) && (access.accepted?.test(answer) ?? true);
    return { answer, isAccepted };
  };
  const expectRefusal = async (why: string, sent: PublicRequest) => {
    const { answer, isAccepted } = await ask(sent);
    if (isAccepted || answer.startsWith("error")) faults.push(`${name} ${why}: ${answer}`);
  };
  await access.prepare?.(of);
  for (const [why, sent] of Object.entries(await access.wrong(of))) await expectRefusal(why, sent);
  const right = await access.right(of);
  if (access.expire) {
    await access.expire(of);
    await expectRefusal("expired", right);
    await access.prepare?.(of);
  }
  const { answer, isAccepted } = await ask(right);
  if (!isAccepted) faults.push(`${name} refuses the right request: ${answer}`);
  return faults;
}

it("has a case for every page, route and action that no session opens", async () => {
  expect(Object.keys(publicPages).toSorted()).toEqual([...(await loadPages()).keys()].toSorted());
  const actions = [...(await loadActions()).keys()];
  expect(Object.keys(publicActions).toSorted()).toEqual(actions.toSorted());
});

it(
  "opens to no link, address, code or token that is forged, expired or of another organization",
  { timeout: 300_000 },
  async () => {
    const of = await scene();
    const senders = new Map([...(await loadPages()), ...(await loadActions())]);
    const faults: string[] = [];
    for (const [name, access] of Object.entries({ ...publicPages, ...publicActions })) {
      const send = senders.get(name);
      if (typeof access === "string" || send === undefined) continue;
      faults.push(...(await findFaults(of, name, access, send)));
    }
    expect(faults.join("\n")).toBe("");
  },
);
