// Plays forms in @getodk/xforms-engine: one request a line on standard input, one answer a line.
//
// A request: {"xform", "files": {name: text}, "steps": [[verb, path, value]…], "timed": bool}.
// Verbs: "count" (how often a repeat stands), "set" (an answer, as ODK writes it).
// An answer: {"nodes": {path: {value, relevant, required, valid, message}}, "load", "times",
// "refused": [[path, why]…]} or {"error"}.

import { createInterface } from 'node:readline';
import { JSDOM } from 'jsdom';

const NOW = process.env.BENCH_NOW ? Date.parse(process.env.BENCH_NOW) : null;
if (NOW !== null) {
	// The same today for both sides.
	const Real = Date;
	globalThis.Date = class extends Real {
		constructor(...given) {
			super(...(given.length ? given : [NOW]));
		}
		static now() {
			return NOW;
		}
	};
}
const { window } = new JSDOM('<html></html>');
for (const name of Object.getOwnPropertyNames(window)) {
	if (/^[A-Z]/.test(name) && !(name in globalThis)) globalThis[name] = window[name];
}
globalThis.window ??= window;
globalThis.document ??= window.document;
console.log = console.info = console.debug = console.warn = () => undefined;

// Its XPath grammar takes Node for CommonJS; it is at home in a browser.
const { process: node } = globalThis;
globalThis.process = undefined;
const { loadForm } = await import('@getodk/xforms-engine');
globalThis.process = node;

const LEAVES = new Set([
	'model-value', 'note', 'select', 'input', 'trigger', 'range', 'rank', 'upload',
]);

/** Every leaf with its path, repeats numbered as ODK does. */
function* leaves(node) {
	if (LEAVES.has(node.nodeType)) {
		yield node;
		return;
	}
	for (const child of node.currentState.children ?? []) yield* leaves(child);
}

function find(node, path) {
	const reference = node.currentState.reference;
	if (reference === path) return node;
	for (const child of node.currentState.children ?? []) {
		const inner = child.currentState.reference;
		const bare = inner.replace(/\[\d+\]$/, '');
		if (path === inner || path.startsWith(`${inner}/`) || child.nodeType.startsWith('repeat-range')) {
			if (child.nodeType.startsWith('repeat-range') && path !== inner && !path.startsWith(`${bare}[`)) continue;
			const found = find(child, path);
			if (found !== null) return found;
		}
	}
	return null;
}

function stand(range, count) {
	if (range.nodeType !== 'repeat-range:uncontrolled') return;
	const now = range.currentState.children.length;
	if (now > count) range.removeInstances(count, now - count);
	if (now < count) range.addInstances(now - 1, count - now);
}

/** A new filling has no occurrence on our side; here the first one comes with the form. */
function empty(node) {
	for (const child of node.currentState.children ?? []) {
		if (child.nodeType === 'repeat-range:uncontrolled') stand(child, 0);
		else empty(child);
	}
}

function set(node, value) {
	switch (node.nodeType) {
		case 'select':
			node.selectValues(value === '' ? [] : value.split(' '));
			break;
		case 'rank':
			node.setValues(value === '' ? [] : value.split(' '));
			break;
		case 'trigger':
			node.setValue(value === 'OK');
			break;
		case 'upload':
			node.setValue(value === '' ? null : new File(['x'], value));
			break;
		case 'input':
		case 'range':
			node.setValue(value);
			break;
		default:
			throw new Error(`${node.nodeType} takes no answer`);
	}
}

function dump(root) {
	const nodes = {};
	for (const leaf of leaves(root)) {
		const state = leaf.currentState;
		const violation = leaf.validationState.violation;
		nodes[state.reference] = {
			value: state.relevant ? state.instanceValue : '',
			relevant: state.relevant,
			required: state.required,
			valid: violation === null || violation === undefined,
			message: violation?.message?.asString ?? '',
			kind: leaf.nodeType,
		};
	}
	return nodes;
}

async function play({ xform, files = {}, steps = [], timed = false }) {
	const begun = performance.now();
	const loaded = await loadForm(xform, {
		fetchFormAttachment: async (resource) => {
			const name = decodeURIComponent(String(resource.href ?? resource).split('/').at(-1));
			return name in files
				? new Response(files[name], { headers: { 'content-type': 'text/csv' } })
				: new Response('', { status: 404 });
		},
		missingResourceBehavior: 'BLANK',
	});
	if (loaded.status === 'failure') return { error: String(loaded.error?.message ?? loaded.error) };
	const { root } = loaded.createInstance();
	const load = performance.now() - begun;
	empty(root);
	const refused = [];
	const times = [];
	const known = new Map();
	for (const [verb, path, value] of steps) {
		let node = known.get(path);
		if (node === undefined) {
			node = find(root, path);
			if (timed && node !== null) known.set(path, node);
		}
		if (node === null) {
			refused.push([path, 'no such node']);
			continue;
		}
		const before = performance.now();
		try {
			if (verb === 'count') stand(node, value);
			else set(node, value);
		} catch (error) {
			refused.push([path, String(error?.message ?? error)]);
		}
		times.push(performance.now() - before);
	}
	return { nodes: timed ? {} : dump(root), load, times: timed ? times : [], refused };
}

for await (const line of createInterface({ input: process.stdin })) {
	let answer;
	try {
		answer = await play(JSON.parse(line));
	} catch (error) {
		answer = { error: String(error?.stack ?? error) };
	}
	process.stdout.write(`${JSON.stringify(answer)}\n`);
}
