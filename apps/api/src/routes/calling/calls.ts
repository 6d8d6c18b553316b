import { CallLog, CallRow } from "@ringfence/core/calling/call";
import { recordCalls } from "@ringfence/services/calling/call";
import type { FastifyRequest } from "fastify";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { answerRows } from "../../rows/answer-rows.ts";
import { asteriskLog, callColumns, vicidialLog } from "../../rows/columns.ts";
import { rowsRoute, rowsSchema, takeRows } from "../../rows/take-rows.ts";

/** Rows as we ask for them say all themselves; who names anything names the shape of a log. */
const CallsQuery = CallLog.partial().superRefine((query, refined) => {
  const isLog = Object.values(query).some((value) => value !== undefined);
  for (const name of ["shape", "purpose"] as const) {
    if (isLog && query[name] === undefined) refined.addIssue({ code: "custom", path: [name] });
  }
});

const columnsOf = { "asterisk-cdr": asteriskLog, vicidial: vicidialLog };

export const callRoutes: FastifyPluginAsyncZod = async (server) => {
  const { bodyLimit, ...rows } = rowsRoute;
  takeRows(server);

  server.post(
    "/calls",
    {
      bodyLimit,
      config: { action: "call.record", columns, ...rows },
      schema: {
        ...rowsSchema,
        operationId: "recordCalls",
        summary: "Put calls that were placed on record, from the dialer's log",
        description: `${rowsSchema.description}\n\n${ofLogs}`,
        querystring: CallsQuery,
        body: CallRow.array(),
      },
    },
    (request, reply) => {
      const { success, data: log } = CallLog.safeParse(request.query);
      return answerRows(request, reply, (ctx, rows) =>
        recordCalls(ctx, success ? { ...rows, log } : rows),
      );
    },
  );
};

const ofLogs =
  "A log as its dialer writes it is named by `shape`, and `purpose` says what its calls were about: " +
  "`asterisk-cdr` is `Master.csv` of Asterisk, which has no header; `vicidial` is the table " +
  "`vicidial_log` or the Export Calls Report, with its header. Times are those of `zone`, else of the " +
  "organization's. Columns that say nothing of a call are passed over.";

/** Asked before the query is checked: of a shape that nobody knows no row is read. */
function columns({ query }: FastifyRequest) {
  const { data: shape } = CallLog.shape.shape.safeParse(Object(query).shape);
  return shape === undefined ? callColumns : columnsOf[shape];
}
