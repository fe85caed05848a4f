/**
 * Login shells of service users and sudo's secure_path often lack the sbin directories; Flatcar keeps binaries in
 * /opt/bin.
 */
export const SEARCH_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/opt/bin';
