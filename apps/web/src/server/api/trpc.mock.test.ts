import { MemberId, OrganizationId, SessionId } from "@ringfence/core/ids";
import type { Db } from "@ringfence/db";
import { ServiceError } from "@ringfence/services/errors";
import type { FileStore } from "@ringfence/services/platform/files";
import type { Keys } from "@ringfence/services/platform/keys";
import {
  type CurrentMember,
  type changeOwnPassword,
  changeOwnSettings,
} from "@ringfence/services/account/member";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { type DestinationStream, symbols } from "pino";
import superjson from "superjson";
import { expect, it, vi } from "vitest";
import { appRouter, createCaller } from ".";
import { log } from "../log";
import { logUnexpectedError, type RequestContext } from "./trpc";

vi.mock(import("@ringfence/services/account/member"), async (original) => {
  const member = await original();
  const { changeOwnSettings: settings, changeOwnPassword: password } = member;
  return {
    ...member,
    changeOwnSettings: Object.assign(vi.fn<typeof changeOwnSettings>(), settings),
    changeOwnPassword: Object.assign(
      vi.fn<typeof changeOwnPassword>().mockResolvedValue("changed"),
      password,
    ),
  };
});

const id = "0195a000-0000-7000-8000-000000000001";
const organizationId = OrganizationId.parse(id);
const member: CurrentMember = {
  memberId: MemberId.parse(id),
  sessionId: SessionId.parse(id),
  organizationId,
  organizationName: "Example Group",
  name: "Ada",
  email: "ada@example.com",
  role: "agent",
  sellerIds: [],
  locale: "ru",
  zone: "Europe/Moscow",
  theme: "auto",
  hasSingleKeys: true,
  hasWeeklyReport: false,
  hasFirstSteps: true,
  hasFirstPassword: false,
  isProven: true,
  hasSecondFactor: false,
  hasPasskey: false,
  secondFactorFrom: null,
  needsSecondFactor: false,
  isByProvider: false,
  proves: "password",
};
const context = (member: CurrentMember | null, signedIn = member): RequestContext => ({
  db: {} as Db,
  keys: {} as Keys,
  files: {} as FileStore,
  locale: "ru",
  member,
  signedIn,
  session: null,
  browserToken: async () => "a browser",
});
const change = (member: CurrentMember | null) =>
  createCaller(context(member)).member.changeOwnSettings({ theme: "dark" });

it("passes the member's organization and actor to a verb", async () => {
  await change(member);

  const [ctx, input] = vi.mocked(changeOwnSettings).mock.lastCall ?? [];
  expect(ctx).toMatchObject({ organizationId, actor: { type: "member", id, role: "agent" } });
  expect(input).toEqual({ theme: "dark" });
});

it("rejects callers who are not signed in", async () => {
  await expect(change(null)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
});

it("allows a member with a first password only to choose another", async () => {
  const password = { password: "k7qm-9fxd-w2ca-hhy4-ukp8", newPassword: "a row of thistles" };
  const caller = createCaller(context(null, { ...member, hasFirstPassword: true }));

  await expect(caller.member.changeOwnSettings({ theme: "dark" })).rejects.toMatchObject({
    code: "UNAUTHORIZED",
  });
  expect(await caller.member.changeOwnPassword(password)).toBe("changed");
  await expect(
    createCaller(context(null)).member.changeOwnPassword(password),
  ).rejects.toMatchObject({ code: "UNAUTHORIZED" });
});

it("translates a verb's error into a tRPC code and the member's language", async () => {
  const refusal = new ServiceError("not-found", { key: "error.phone-not-found" });
  vi.mocked(changeOwnSettings).mockRejectedValueOnce(refusal);

  await expect(change(member)).rejects.toMatchObject({
    code: "NOT_FOUND",
    message: "Такого телефона нет.",
  });
});

it("logs a bug's details without personal data and hides them from the caller", async () => {
  const stream: DestinationStream = Reflect.get(log, symbols.streamSym);
  const write = vi.spyOn(stream, "write").mockReturnValue();
  const bug = new Error("password=hunter2 of 12015550100");
  vi.mocked(changeOwnSettings).mockRejectedValueOnce(bug);

  const response = await fetchRequestHandler({
    endpoint: "/",
    req: new Request("http://localhost/member.changeOwnSettings", {
      method: "POST",
      body: superjson.stringify({ theme: "dark" }),
      headers: { "content-type": "application/json" },
    }),
    router: appRouter,
    createContext: () => context(member),
    onError: logUnexpectedError,
  });

  const { error } = await response.json();
  expect(error.json.message).toBe("Что-то пошло не так.");
  expect(JSON.stringify(error)).not.toContain("hunter2");
  expect(write).toHaveBeenCalledOnce();
  expect(JSON.parse(String(write.mock.lastCall))).toMatchObject({
    path: "member.changeOwnSettings",
    err: { type: "Error", message: "password=hunter2 of …" },
  });
});
