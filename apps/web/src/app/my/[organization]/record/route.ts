import { downloadOwnRecord } from "@ringfence/services/desk/own-record";
import { addRequestedLanguage } from "@/server/request-path";
import { toFileResponse } from "@/server/downloads";
import { findRecordForFile, loadOwnPage } from "@/server/own-record";
import { redirectWithGet, rejectTooManyRequests } from "@/server/public-form";

/** The record that a code has opened, as a file. If it is no longer open, the person is asked to get another code. */
export const GET = async (_: Request, { params }: RouteContext<"/my/[organization]/record">) => {
  const refused = await rejectTooManyRequests();
  if (refused) return refused;
  const { organization: address } = await params;
  const { organizationId } = await loadOwnPage(address);
  const opened = await findRecordForFile(organizationId);
  if (opened === null) return redirectWithGet(await addRequestedLanguage(`/my/${address}`));
  const record = await downloadOwnRecord(opened.ctx);
  const day = record.createdAt.toISOString().slice(0, 10);
  return toFileResponse(`record-${day}.json`, "application/json", JSON.stringify(record, null, 2));
};
