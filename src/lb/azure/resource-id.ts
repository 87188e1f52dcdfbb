import type { ResourceName } from './types.js';

const GROUP = /\/resourceGroups\/([^/]+)\//i;

/** Name and resource group out of an id `/subscriptions/.../resourceGroups/rg/providers/.../name`. */
export function fromResourceId(id: string): ResourceName {
  return { name: id.slice(id.lastIndexOf('/') + 1), resourceGroup: GROUP.exec(id)?.[1] ?? null };
}

/** Ids compare without case in Azure. */
export function idKey(id: string): string {
  return id.toLowerCase();
}

/**
 * Whether two references mean the same resource. Subscriptions are blacked out before dumps are shared, often in
 * one file only, so equal names in resource groups that do not differ count as well.
 */
export function sameResource(a: ResourceName & { id: string }, b: ResourceName & { id: string }): boolean {
  if (a.id === b.id) return true;
  if (a.name.toLowerCase() !== b.name.toLowerCase()) return false;
  if (a.resourceGroup === null || b.resourceGroup === null) return true;
  return a.resourceGroup.toLowerCase() === b.resourceGroup.toLowerCase();
}
