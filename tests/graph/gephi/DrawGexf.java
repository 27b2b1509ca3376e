import java.awt.Color;
import java.awt.Font;
import java.io.File;
import java.util.logging.LogManager;
import org.gephi.io.exporter.api.ExportController;
import org.gephi.io.importer.api.Container;
import org.gephi.io.importer.api.ImportController;
import org.gephi.io.processor.plugin.DefaultProcessor;
import org.gephi.preview.api.PreviewController;
import org.gephi.preview.api.PreviewProperties;
import org.gephi.preview.api.PreviewProperty;
import org.gephi.preview.types.DependantOriginalColor;
import org.gephi.preview.types.EdgeColor;
import org.gephi.project.api.ProjectController;
import org.gephi.project.api.Workspace;
import org.openide.util.Lookup;

/**
 * Opens a GEXF file as Gephi does and draws it as Gephi's Preview would, with labels; the picture ends in .svg or .pdf.
 *
 * <p>docs/images/gephi-preview.png is this picture of corpus/sample, made smaller: {@code java -Djava.awt.headless=true
 * -cp gephi-toolkit-0.10.1-all.jar tests/graph/gephi/DrawGexf.java out/graph.gexf preview.svg}, then a browser's shot.
 */
public class DrawGexf {
  public static void main(String[] arguments) throws Exception {
    LogManager.getLogManager().reset();
    ProjectController projects = Lookup.getDefault().lookup(ProjectController.class);
    projects.newProject();
    Workspace workspace = projects.getCurrentWorkspace();
    ImportController importer = Lookup.getDefault().lookup(ImportController.class);
    Container container = importer.importFile(new File(arguments[0]));
    importer.process(container, new DefaultProcessor(), workspace);
    PreviewController preview = Lookup.getDefault().lookup(PreviewController.class);
    PreviewProperties look = preview.getModel().getProperties();
    look.putValue(PreviewProperty.SHOW_NODE_LABELS, true);
    look.putValue(PreviewProperty.NODE_LABEL_FONT, new Font("DejaVu Sans", Font.PLAIN, 6));
    look.putValue(PreviewProperty.NODE_LABEL_PROPORTIONAL_SIZE, true);
    look.putValue(PreviewProperty.NODE_LABEL_SHORTEN, true);
    look.putValue(PreviewProperty.NODE_LABEL_MAX_CHAR, 22);
    look.putValue(PreviewProperty.NODE_LABEL_COLOR, new DependantOriginalColor(new Color(0x22272e)));
    look.putValue(PreviewProperty.NODE_BORDER_WIDTH, 0.5f);
    look.putValue(PreviewProperty.EDGE_OPACITY, 60f);
    look.putValue(PreviewProperty.EDGE_COLOR, new EdgeColor(EdgeColor.Mode.ORIGINAL));
    look.putValue(PreviewProperty.EDGE_THICKNESS, 6f);
    look.putValue(PreviewProperty.BACKGROUND_COLOR, Color.WHITE);
    preview.refreshPreview(workspace);
    Lookup.getDefault().lookup(ExportController.class).exportFile(new File(arguments[1]), workspace);
    System.exit(0);
  }
}
