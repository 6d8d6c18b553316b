import { openDb } from "@ringfence/db";
import { aDatabase, aFolder, aNumber, anOrganization } from "@ringfence/db/testing";
import { onTestFinished } from "vitest";
import { createWebhook } from "../src/do-not-call/endpoint/webhook.ts";
import type { RootContext } from "../src/platform/context.ts";
import { openKeys } from "../src/platform/keys/open-keys.ts";
import { recordOptOut } from "../src/do-not-call/opt-out/record.ts";
import { officer } from "./scenes.ts";

/** Creates an empty database and an empty key folder that only this test uses. */
export async function anInstallation() {
  const db = openDb(await aDatabase());
  onTestFinished(() => db.close());
  const folder = aFolder();
  return { db, folder, open: () => openKeys(db, folder) };
}

type Installed = Pick<RootContext, "db" | "keys">;

/** Adds data of every kind that identifies a key: sealed, wrapped, stated and signed. */
export async function addKeyedData(installation: Installed): Promise<RootContext> {
  const organizationId = await anOrganization(installation.db);
  const ctx: RootContext = { ...installation, organizationId, actor: officer };
  const developer = {
    type: "member",
    id: "dev",
    role: "owner",
    sellerIds: [],
    isProven: true,
  } as const;
  await createWebhook(
    { ...ctx, actor: developer },
    {
      name: "CRM",
      url: "https://crm.example/hook",
      events: ["opt-out.recorded"],
      reason: "The CRM shows refusals.",
    },
  );
  await recordOptOut(ctx, { phone: aNumber(), channel: "api" });
  await answerForm(ctx);
  return ctx;
}

/** Adds a form with an officer's signed answer about it. */
async function answerForm({ db, keys, organizationId }: RootContext) {
  const signed = [{ check: "tick", key: keys.permit.id, signature: "" }];
  const now = new Date();
  await db.prisma.captureForm.create({
    data: {
      organizationId,
      name: "Offers",
      kind: "website_form",
      draft: {},
      answers: signed,
      createdAt: now,
      updatedAt: now,
    },
  });
}
