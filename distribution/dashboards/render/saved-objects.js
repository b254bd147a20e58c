import { readFileSync } from 'node:fs';

/**
 * The dashboards of a file of saved objects, their references followed.
 *
 * @returns {{id: string, title: string, from: string, to: string, panels: object[]}[]} panels have a title, their place
 *     `{x, y, w, h}` on the grid and their Vega-Lite specification
 */
export function readDashboards(file) {
  const objects = readFileSync(file, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line));
  const byId = new Map(objects.map((object) => [key(object), object]));
  return objects.filter((object) => object.type === 'dashboard').map((object) => dashboard(object, byId));
}

function key({ type, id }) {
  return `${type} ${id}`;
}

function dashboard({ id, attributes, references }, byId) {
  const panels = JSON.parse(attributes.panelsJSON).map((panel) => {
    const reference = references.find(({ name }) => name === panel.panelRefName);
    const visualization = byId.get(key(reference));
    return {
      title: panel.title,
      place: panel.gridData,
      spec: JSON.parse(JSON.parse(visualization.attributes.visState).params.spec),
    };
  });
  return { id, title: attributes.title, from: attributes.timeFrom, to: attributes.timeTo, panels };
}
