import ConfigDocument
import ConfigMigration
import Foundation
import TestSupport
import Testing

/// The manifests among the real files of the corpus, each as a set of one file.
@Suite struct CorpusManifestTests {
  static let folder = "\(Suites.path)/corpus"
  static let hasCorpus = FileManager.default.fileExists(atPath: folder)

  @Test(.enabled(if: hasCorpus, "the corpus is not at \(folder); CFGMIGRATE_SUITES says where"))
  func `every manifest migrates from 1.15 to 1.32`() throws {
    let kubernetes = try #require(GoldenManifestTests.kubernetes)
    var (manifests, changed, refused, back) = (0, 0, 0, 0)
    for path in try Files.paths(below: Self.folder)
    where [".yaml", ".yml", ".json"].contains(where: path.hasSuffix) {
      let bytes = try Files.bytes("\(Self.folder)/\(path)")
      guard let set = try? ConfigurationSet(product: kubernetes.product, files: [(path, bytes)]) else {
        refused += 1
        continue
      }
      let old = set.files[0].document.roots.flatMap { Self.resources(set.files[0].document.value(of: $0)) }
      guard !old.isEmpty else { continue }
      manifests += 1
      let plan: Plan
      do {
        plan = try kubernetes.plan([(path, bytes)], to: "1.32", from: "1.15")
      } catch {
        Issue.record("\(path): \(error)")
        continue
      }
      let new = try Comparison.values(plan.files[0].new, path).flatMap(Self.resources)
      let leftovers = new.filter { Self.removed.contains($0) && $0 != "policy/v1beta1 PodSecurityPolicy" }
      #expect(leftovers == [], "\(path)")
      let wasOld = old.contains(where: Self.removed.contains)
      #expect(plan.changesAnything == wasOld, "\(path)")
      if plan.changesAnything {
        changed += 1
        let old = try kubernetes.back(from: plan, to: "1.15", at: "1.32")
        #expect(old == bytes, "\(path): the way back")
        if old == bytes { back += 1 }
      }
      let isJSON = path.hasSuffix(".json")
      let missing = Comments.missing(
        of: Comments.texts(in: bytes, isJSON: isJSON), in: Comments.texts(in: plan.files[0].new, isJSON: isJSON))
      #expect(missing.count <= plan.warnings.count { $0.code == .commentRemoved }, "\(path): \(missing)")
    }
    let counts =
      "Of the \(manifests) manifests in the corpus, \(changed) hold something that was removed; all of them migrate from 1.15 to 1.32, and \(back) come back byte for byte. \(refused) other YAML and JSON files are refused as templates or broken."
    print(counts)
    let page = try String(contentsOfFile: "\(Repository.root)/docs/kubernetes.md", encoding: .utf8)
    #expect(page.split(separator: "\n").joined(separator: " ").contains(counts), "docs/kubernetes.md: \(counts)")
    #expect(manifests > 100)
    #expect(changed > 5)
  }

  /// `apps/v1 Deployment` for each resource of a document.
  static func resources(_ document: Value) -> [String] {
    guard let object = document.object, let version = object["apiVersion"]?.string, let kind = object["kind"]?.string
    else { return [] }
    return ["\(version) \(kind)"] + (object["items"]?.array ?? []).flatMap(resources)
  }

  /// What no cluster of 1.32 serves, written down once more and independently of the product's conditions.
  static let removed: Set<String> = {
    let groups: [(String, [String])] = [
      (
        "extensions/v1beta1",
        ["DaemonSet", "Deployment", "Ingress", "NetworkPolicy", "PodSecurityPolicy", "ReplicaSet"]
      ),
      ("apps/v1beta1", ["Deployment", "ReplicaSet", "StatefulSet"]),
      ("apps/v1beta2", ["DaemonSet", "Deployment", "ReplicaSet", "StatefulSet"]),
      ("admissionregistration.k8s.io/v1beta1", ["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"]),
      ("apiextensions.k8s.io/v1beta1", ["CustomResourceDefinition"]),
      ("apiregistration.k8s.io/v1beta1", ["APIService"]),
      ("authentication.k8s.io/v1beta1", ["TokenReview"]),
      (
        "authorization.k8s.io/v1beta1",
        ["LocalSubjectAccessReview", "SelfSubjectAccessReview", "SelfSubjectRulesReview", "SubjectAccessReview"]
      ),
      ("autoscaling/v2beta1", ["HorizontalPodAutoscaler"]),
      ("autoscaling/v2beta2", ["HorizontalPodAutoscaler"]),
      ("batch/v1beta1", ["CronJob"]),
      ("certificates.k8s.io/v1beta1", ["CertificateSigningRequest"]),
      ("coordination.k8s.io/v1beta1", ["Lease"]),
      ("discovery.k8s.io/v1beta1", ["EndpointSlice"]),
      ("events.k8s.io/v1beta1", ["Event"]),
      ("flowcontrol.apiserver.k8s.io/v1beta1", ["FlowSchema", "PriorityLevelConfiguration"]),
      ("flowcontrol.apiserver.k8s.io/v1beta2", ["FlowSchema", "PriorityLevelConfiguration"]),
      ("flowcontrol.apiserver.k8s.io/v1beta3", ["FlowSchema", "PriorityLevelConfiguration"]),
      ("networking.k8s.io/v1beta1", ["Ingress", "IngressClass"]),
      ("node.k8s.io/v1beta1", ["RuntimeClass"]),
      ("policy/v1beta1", ["PodDisruptionBudget", "PodSecurityPolicy"]),
      ("rbac.authorization.k8s.io/v1beta1", ["ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding"]),
      ("scheduling.k8s.io/v1beta1", ["PriorityClass"]),
      ("storage.k8s.io/v1beta1", ["CSIDriver", "CSINode", "CSIStorageCapacity", "StorageClass", "VolumeAttachment"]),
    ]
    return Set(groups.flatMap { version, kinds in kinds.map { "\(version) \($0)" } })
  }()
}
