import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { anOrganization } from "@ringfence/db/testing";
import { anOrganizationWithEverything } from "@ringfence/services/testing/organization-with-everything";
import { afterAll, expect, it, vi } from "vitest";
import messages from "../../messages/en.json";
import {
  type Door,
  type DoorRecords,
  type Knock,
  publicActions,
  publicDoors,
} from "../../testing/public-doors";

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
const isOutside = (file: string) => !/^(\(workspace\)|api)\//.test(file);

type Answer = (knock: Knock) => Promise<unknown>;

/** Pages and routes outside the workspace. */
async function loadDoors() {
  const doors = new Map<string, Answer>();
  for (const file of globSync("**/{page,route}.{ts,tsx}", { cwd: folder }).filter(isOutside)) {
    const name = path.dirname(file);
    const loaded = await import(path.join(folder, file));
    if (file.endsWith("page.tsx")) {
      doors.set(name, ({ params }) =>
        loaded.default({ params: Promise.resolve(params), searchParams: Promise.resolve({}) }),
      );
    }
    for (const method of methods) {
      if (loaded[method] === undefined) continue;
      doors.set(`${method} ${name}`, ({ params, fields = {} }) => {
        const body = method === "GET" ? null : new URLSearchParams(fields);
        const sent = new Request(`${host}/${name}`, { method, body });
        return loaded[method](sent, { params: Promise.resolve(params) });
      });
    }
  }
  return doors;
}

/** Calls of the actions of public forms, by name. */
async function loadActions(): Promise<ReadonlyMap<string, Answer>> {
  const features = path.join(folder, "../features");
  const actions = new Map<string, (...given: unknown[]) => Promise<unknown>>();
  // The one that is left out leads a member to a number.
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
  const isOfAddress = new Set(["hideOwnRecord", "requestOwnCode", "sendHostedForm"]);
  return new Map(
    [...actions].map(([name, action]) => [
      name,
      ({ params = {}, fields = {} }: Knock) => {
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

/** Says in a few words how a door answers. */
async function describeAnswer(answer: () => Promise<unknown>): Promise<string> {
  try {
    const answered = await answer();
    if (answered instanceof Response) {
      const location = answered.headers.get("location") ?? "";
      return `${answered.status} ${location} ${answered.ok ? "" : await answered.text()}`;
    }
    const { props } = Object(answered);
    return `page ${props.title}`;
  } catch (error) {
    const { digest } = Object(error);
    return typeof digest === "string" ? digest : `error ${String(error)}`;
  }
}

/** Answers of a closed door. */
const isClosed = (answer: string) =>
  /404|error|wrong=true|not-withdrawn|again=true/.test(answer) || answer === `page ${overTitle}`;

async function scene(): Promise<DoorRecords> {
  const everything = await anOrganizationWithEverything();
  const { db, keys, files, organizationId } = everything.ctx;
  globalThis.installation = { db, keys, files };
  const stranger = await anOrganization(db);
  const { receiptPhoneId: phoneId } = everything;
  await db.prisma.personCode.updateMany({ where: { organizationId }, data: { phoneId } });
  const { sealOwner } = await import("../server/own-record");
  return { ...everything, stranger, owner: await sealOwner(phoneId) };
}

/** Knocks with everything wrong, then with what is right, then with that expired. Returns a line for each fault. */
async function findFaults(of: DoorRecords, name: string, door: Door, answer: Answer) {
  const faults: string[] = [];
  const knock = async (given: Knock) => {
    request.cookies.clear();
    if (given.cookie !== undefined) request.cookies.set("own-record", given.cookie);
    const answered = await describeAnswer(() => answer(given));
    return { answered, isOpen: !isClosed(answered) && (door.opens?.test(answered) ?? true) };
  };
  const expectClosed = async (what: string, given: Knock) => {
    const { answered, isOpen } = await knock(given);
    if (isOpen || answered.startsWith("error")) faults.push(`${name} opens ${what}: ${answered}`);
  };
  await door.prepare?.(of);
  for (const [what, given] of Object.entries(door.wrong(of))) await expectClosed(what, given);
  // Last, because some are used up by it. What was refused before would have been valid at that time.
  const right = door.right(of);
  const opened = await knock(right);
  if (!opened.isOpen) faults.push(`${name} does not open: ${opened.answered}`);
  if (door.expire === undefined) return faults;
  await door.expire(of);
  await expectClosed("expired", right);
  return faults;
}

it("has a case for every page, route and action outside the workspace", async () => {
  expect(Object.keys(publicDoors).toSorted()).toEqual([...(await loadDoors()).keys()].toSorted());
  const actions = [...(await loadActions()).keys()];
  expect(Object.keys(publicActions).toSorted()).toEqual(actions.toSorted());
});

it(
  "opens to no link, address, code or token that is forged, expired or of another organization",
  { timeout: 300_000 },
  async () => {
    const of = await scene();
    const answers = new Map([...(await loadDoors()), ...(await loadActions())]);
    const faults: string[] = [];
    for (const [name, door] of Object.entries({ ...publicDoors, ...publicActions })) {
      const answer = answers.get(name);
      if (typeof door === "string" || answer === undefined) continue;
      faults.push(...(await findFaults(of, name, door, answer)));
    }
    expect(faults.join("\n")).toBe("");
  },
);
