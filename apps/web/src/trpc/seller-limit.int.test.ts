import { limitableRoles } from "@ringfence/core/account/member";
import { recordForTwoSellers } from "@ringfence/services/testing/two-sellers";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import superjson from "superjson";
import { afterAll, expect, it, vi } from "vitest";
import { z } from "zod";
import { closed, shared } from "../../testing/sellerless-inputs";
import { listInputs, oneSellerInputs } from "../../testing/seller-inputs";
import { joinForSellers } from "../../testing/join-for-sellers";
import { sampleInput } from "../../testing/sample-input";
import { listSecrets } from "@ringfence/services/testing/secrets-of-seller";
import { appRouter } from "../server/api";

vi.stubEnv("TRUST_PROXY", "none");
vi.stubEnv("DATABASE_URL", "postgresql://localhost/ringfence");
vi.stubEnv("AUTH_SECRET", "a text of thirty-two characters.");
vi.stubEnv("PUBLIC_URL", "https://calls.example.com");
vi.stubEnv("API_URL", "https://api.calls.example.com");
// Test files share a process, so the environment must be restored.
afterAll(() => void vi.unstubAllEnvs());

type Rows = Awaited<ReturnType<typeof recordForTwoSellers>>["shop"];

async function scene() {
  const { shop, bank, all } = await recordForTwoSellers();
  const members = await Promise.all(
    limitableRoles.map((role) => joinForSellers(all, role, [bank.sellerId])),
  );
  const send = async (member: (typeof members)[number], path: string, input: unknown) => {
    const isQuery = procedures.get(path)?.type === "query";
    const sent = superjson.stringify(input);
    const req = new Request(
      `http://localhost/${path}${isQuery ? `?input=${encodeURIComponent(sent)}` : ""}`,
      isQuery
        ? {}
        : { method: "POST", body: sent, headers: { "content-type": "application/json" } },
    );
    const context = { db: all.db, keys: all.keys, files: all.files };
    const answer = await fetchRequestHandler({
      endpoint: "/",
      req,
      router: appRouter,
      createContext: () => ({
        ...context,
        locale: member.locale,
        member,
        signedIn: member,
        session: null,
        browserToken: async () => "a browser",
      }),
    });
    return { status: answer.status, text: await answer.text() };
  };
  return { shop, bank, members, send };
}

const Definition = z.object({
  type: z.enum(["query", "mutation"]),
  inputs: z.array(z.instanceof(z.ZodType)),
});
const procedures = new Map(
  Object.entries(readDefinition(appRouter).procedures).map(([path, procedure]) => [
    path,
    Definition.parse(readDefinition(procedure)),
  ]),
);

/** The definition that tRPC stores with a router or procedure. */
function readDefinition(of: unknown) {
  const { _def: definition } = Object(of);
  return definition;
}

const leaks = (text: string, of: Rows, input: unknown) =>
  listSecrets(of, input).filter((secret) => text.includes(secret));

it(
  "gives a member for one seller no data of another through any procedure",
  { timeout: 300_000 },
  async () => {
    const { shop, bank, members, send } = await scene();
    const faults: string[] = [];
    const told = (path: string, of: string, { status, text }: { status: number; text: string }) =>
      faults.push(`${path} ${of}: ${status} ${text.slice(0, 400)}`);

    for (const [path, ask] of Object.entries(oneSellerInputs)) {
      const own = [];
      for (const member of members) {
        const theirs = await send(member, path, ask(shop));
        if (![403, 404].includes(theirs.status)) told(path, "gives what is another's", theirs);
      }
      for (const member of members) own.push(await send(member, path, ask(bank)));
      if (own.every(({ status }) => [400, 403, 404].includes(status))) {
        told(path, "does not give its own", own[0] ?? { status: 0, text: "" });
      }
    }
    for (const [path, ask] of Object.entries(listInputs)) {
      const own: string[] = [];
      for (const member of members) {
        const theirs = await send(member, path, ask(shop));
        const found = leaks(theirs.text, shop, ask(shop));
        if (found.length > 0) told(path, `tells of another's ${found.join()}`, theirs);
        const answer = await send(member, path, ask(bank));
        own.push(...leaks(answer.text, bank, ask(bank)));
      }
      if (own.length === 0) told(path, "does not tell of its own", { status: 0, text: "" });
    }
    const others = [...procedures.keys()].filter(
      (path) => !(path in oneSellerInputs) && !(path in listInputs),
    );
    for (const path of others) {
      const ask = shared[path];
      for (const member of members) {
        const [schema] = procedures.get(path)?.inputs ?? [];
        const input = ask ? ask(shop) : (closed[path] ?? (schema && sampleInput(schema)));
        const answer = await send(member, path, input);
        const found = leaks(answer.text, shop, input);
        if (found.length > 0) told(path, `tells of another's ${found.join()}`, answer);
        if (!ask && answer.status !== 403) told(path, "has no place here", answer);
      }
    }
    expect(faults.join("\n")).toBe("");
  },
);

it("answers about another seller's records as if they did not exist", async () => {
  const { shop, members, send } = await scene();
  const none = "0195a000-0000-7000-8000-000000000001";
  const asks = {
    "campaign.read": [{ campaignId: shop.campaignId }, { campaignId: none }],
    "captureForm.read": [{ formId: shop.formId }, { formId: none }],
    "disclosure.read": [{ disclosureId: shop.disclosureId }, { disclosureId: none }],
    "segment.read": [{ segmentId: shop.segmentId }, { segmentId: none }],
    "segment.people": [
      { segmentId: shop.segmentId, place: "callable" },
      { segmentId: none, place: "callable" },
    ],
  };
  for (const [path, [theirs, unknown]] of Object.entries(asks)) {
    for (const member of members) {
      const answer = await send(member, path, theirs);
      expect(answer).toEqual(await send(member, path, unknown));
      expect([403, 404]).toContain(answer.status);
    }
  }
});
