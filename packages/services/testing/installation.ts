import { openDb } from "@ringfence/db";
import { aDatabase, aFolder, anOrganization, aNumber } from "@ringfence/db/testing";
import { onTestFinished } from "vitest";
import { makeEndpoint } from "../src/endpoint/make-endpoint.ts";
import type { RootContext } from "../src/context.ts";
import { openKeys } from "../src/keys/open-keys.ts";
import { optOut } from "../src/opt-out/opt-out.ts";
import { officer } from "./scenes.ts";

/** An empty database and an empty folder for its keys, which only this test has. */
export async function anInstallation() {
  const db = openDb(await aDatabase());
  onTestFinished(() => db.close());
  const folder = aFolder();
  return { db, folder, open: () => openKeys(db, folder) };
}

type Installed = Pick<RootContext, "db" | "keys">;

/** Data of every kind by which a key is known: what is sealed, wrapped, stated and signed. */
export async function aHouseWithData(installation: Installed): Promise<RootContext> {
  const organizationId = await anOrganization(installation.db);
  const ctx: RootContext = { ...installation, organizationId, actor: officer };
  const developer = { type: "member", id: "dev", role: "owner", sellerIds: [] } as const;
  await makeEndpoint(
    { ...ctx, actor: developer },
    { name: "CRM", url: "https://crm.example/hook", events: ["opt-out.recorded"] },
  );
  await optOut(ctx, { phone: aNumber(), channel: "api" });
  await answerForm(ctx);
  return ctx;
}

/** A form about which an officer has answered a question. */
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
