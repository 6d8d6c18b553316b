/**
 * Two demos, so that two tests which change a demo can run at the same time. Their ports follow those of `npm start`,
 * which may run meanwhile.
 */
const port = Number(process.env.E2E_PORT || 3100);
export const firstDemo = { port, state: ".ringfence/e2e" };
export const secondDemo = { port: port + 1, state: ".ringfence/e2e-second" };
/** API address of the first demo. */
export const api = `http://localhost:${port + 1000}`;
/** Organization for which the worker may call registry services on this machine. */
export const registryServicesOrganization = "ffffffff-ffff-7fff-bfff-ffffffffffff";
/** Organization whose identity provider may listen on this machine, at a port after those of the services. */
export const identityProviderOrganization = "ffffffff-ffff-7fff-bfff-fffffffffffe";
export const findProviderPort = (demoPort: number) => demoPort + 2003;
export type Demo = typeof firstDemo;
