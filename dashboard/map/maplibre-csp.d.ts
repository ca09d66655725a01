// The build of MapLibre whose worker is a file of its own, as our content security policy wants it, comes without types.
declare module 'maplibre-gl/dist/maplibre-gl-csp.js' {
  export * from 'maplibre-gl';
}
