import { expect, it } from "vitest";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { connectDialer } from "./connect-dialer.ts";
import { listEndpoints } from "./list-endpoints.ts";

const vicidial = {
  kind: "vicidial",
  name: "VICIdial",
  settings: {
    url: "https://dialer.example/vicidial/non_agent_api.php",
    user: "6666",
    pass: "hunter22",
    phoneCode: "1",
  },
} as const;

it("keeps how it is signed in to sealed, and shows its host alone", async () => {
  const ctx = as(await aContext(), "developer");
  const secretUrl = "https://portal.bitrix24.ru/rest/1/hunter22/";
  await connectDialer(ctx, { dialer: vicidial, reason: "The dialer keeps its own list." });
  await connectDialer(ctx, {
    dialer: {
      kind: "bitrix24",
      name: "Bitrix24",
      settings: { url: secretUrl, field: "UF_CRM_STOP" },
    },
    reason: "The dialer keeps its own list.",
  });
  await connectDialer(ctx, {
    dialer: {
      kind: "sftp",
      name: "Files",
      every: "change",
      settings: {
        host: "files.example",
        port: 22,
        user: "ringfence",
        hostKey: `SHA256:${"A".repeat(43)}`,
        secret: "hunter22",
        content: "list",
        path: "/incoming/stop.csv",
      },
    },
    reason: "The dialer keeps its own list.",
  });
  const shown = await listEndpoints(ctx);
  expect(shown).toMatchObject([
    { kind: "bitrix24", url: "https://portal.bitrix24.ru" },
    { kind: "sftp", url: "sftp://files.example:22" },
    { kind: "vicidial", url: "https://dialer.example", events: ["opt-out.recorded"] },
  ]);
  const { organizationId } = ctx;
  const rows = await db.prisma.endpoint.findMany({ where: { organizationId } });
  const stored = rows.map(({ url, secret }) => url + Buffer.from(secret).toString("latin1"));
  expect([JSON.stringify(shown), ...stored].join()).not.toContain("hunter22");
});

it("takes no name twice, but from another organization, and not everybody may", async () => {
  const [mine, theirs] = [as(await aContext(), "owner"), as(await aContext(), "owner")];
  await connectDialer(mine, { dialer: vicidial, reason: "The dialer keeps its own list." });
  await expect(
    connectDialer(mine, { dialer: vicidial, reason: "The dialer keeps its own list." }),
  ).rejects.toMatchObject({ code: "conflict" });
  await connectDialer(theirs, { dialer: vicidial, reason: "The dialer keeps its own list." });
  await expect(
    connectDialer(as(mine, "officer"), {
      dialer: vicidial,
      reason: "The dialer keeps its own list.",
    }),
  ).rejects.toMatchObject({
    code: "forbidden",
  });
});
