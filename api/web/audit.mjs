// The audit of GraphQL over HTTP. In: the address of an endpoint. Out: what it misses, and "61 of 61" where it is clean.
import { auditServer } from "graphql-http";

const results = await auditServer({ url: process.argv[2] });
for (const { status, id, name, reason, response } of results) {
  if (status !== "ok") console.log(status, id, name, reason ?? "", response?.status, response?.headers.get("content-type"));
}
console.log(`${results.filter(({ status }) => status === "ok").length} of ${results.length}`);
