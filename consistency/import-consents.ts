import { previewImport, startImport, uploadImport } from "@ringfence/services/desk/import";
import type { World } from "./world.ts";

const columns = "phone,seller,purposes,channels,source,disclosure,language,obtainedAt,act";

/** Has a worker import newer consents of some phones, as an officer does; they lift no opt-out. */
export async function importConsents({ ctx }: World, phones: readonly string[]) {
  const said = `acme,marketing,voice_live,website_form,I agree to be called,en,${new Date().toISOString()},ticked`;
  const content = [columns, ...phones.map((phone) => `${phone},${said}`), ""].join("\n");
  const { id } = await uploadImport(ctx, {
    kind: "consents",
    fileName: "consents.csv",
    content: onceOf(content),
  });
  const { mapping, fault } = await previewImport(ctx, { id });
  if (fault) throw new Error(`an import that cannot be read: ${fault.key}`);
  await startImport(ctx, { id, mapping, isDryRun: false });
}

async function* onceOf(text: string) {
  yield Buffer.from(text);
}
